/** Who asks the engine over ARI, and how he proves it. */
export const ARI_USER = 'javob'

/** In a header, not in the address: addresses end up in logs. */
export function ariAuthorization(password: string): string {
  return `Basic ${Buffer.from(`${ARI_USER}:${password}`).toString('base64')}`
}
