/** Lets the browser save what is at an address. The server says that it is a file to save, so the page stays. */
export function save(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.rel = 'noopener'
  link.download = ''
  link.click()
}

/** The same with what the page has in its hands, in base64. */
export function saveBytes(base64: string, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes]))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
