/** Lets the browser save what is at an address. The server says that it is a file to save, so the page stays. */
export function save(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.rel = 'noopener'
  link.download = ''
  link.click()
}
