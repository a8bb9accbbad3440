const KILOBYTE = 1024

/** As people compare files: whole kilobytes, or megabytes with one decimal. */
export function fileSize(bytes: number): { readonly size: string; readonly unit: 'KB' | 'MB' } {
  const kilobytes = bytes / KILOBYTE
  return kilobytes < KILOBYTE
    ? { size: String(Math.max(1, Math.round(kilobytes))), unit: 'KB' }
    : { size: (kilobytes / KILOBYTE).toFixed(1), unit: 'MB' }
}
