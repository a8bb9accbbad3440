/** What goes to a chancellery's system: the facts of the appeal, and with them the files that a message can hold. */
import type { AppealPackage, PackageFile } from '../appeals/ports.ts'

/** Mail servers take some twenty-five megabytes, and what is enclosed grows by a third on its way. */
const ENCLOSED_MAX_BYTES = 15 * 1024 * 1024

export type Enclosed = { file: PackageFile; place: number; content: Buffer }

/** In their order, the document first, as many as fit; the others are named in the package and kept for the cabinet. */
export async function enclose(files: readonly PackageFile[]): Promise<Enclosed[]> {
  const enclosed: Enclosed[] = []
  let bytes = 0
  for (const [place, file] of files.entries()) {
    if (bytes + file.bytes > ENCLOSED_MAX_BYTES) continue
    bytes += file.bytes
    enclosed.push({ file, place, content: await file.read() })
  }
  return enclosed
}

/** The facts as JSON; of each file its name, size and hash, and whether it is enclosed. */
export function packageFacts(appeal: AppealPackage, enclosed: readonly Enclosed[]) {
  const { files, ...facts } = appeal
  return {
    ...facts,
    files: files.map(({ bytes, mime, name, sha256 }, place) => ({
      name,
      mime,
      bytes,
      sha256,
      enclosed: enclosed.some((one) => one.place === place),
    })),
  }
}
