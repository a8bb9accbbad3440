/** An answer of somebody else's server, as far as it may be long. */
export async function readBounded(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new Error('The answer is longer than any of its kind')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
