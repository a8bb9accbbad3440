/** The files of a dispatch: the official document of that move, and what the citizen attached. */
import { ATTACHMENT_TYPES, type AttachmentType } from '#core/attachments/attachment-types.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { PackageFile } from '../appeals/ports.ts'

export type Sources = {
  /** Made the first time it is asked for, and the same from then on. */
  documentOf: (step: string) => Promise<{ docx: string; pdf: string; docx_bytes: number; pdf_bytes: number }>
  attachmentsOf: (appeal: AppealId) => Promise<readonly Attached[]>
  read: (file: { sha256: string }) => Promise<Buffer>
}

type Attached = { part: string; name: string | null; type: string; bytes: number; sha256: string | null }

export const packageFiles =
  ({ attachmentsOf, documentOf, read }: Sources) =>
  async (step: string, { id, number }: { id: AppealId; number: string }): Promise<PackageFile[]> => {
    const [document, attached] = await Promise.all([documentOf(step), attachmentsOf(id)])
    const file = (sha256: string, rest: Omit<PackageFile, 'sha256' | 'read'>): PackageFile => ({
      ...rest,
      sha256,
      read: () => read({ sha256 }),
    })
    const mimeOf = (type: string) => ATTACHMENT_TYPES[type as AttachmentType].mime
    return [
      file(document.pdf, {
        name: `${number}.pdf`,
        mime: mimeOf('pdf'),
        bytes: document.pdf_bytes,
        isDocument: true,
      }),
      file(document.docx, {
        name: `${number}.docx`,
        mime: mimeOf('docx'),
        bytes: document.docx_bytes,
        isDocument: true,
      }),
      ...attached.flatMap(({ bytes, name, part, sha256, type }) =>
        part === 'appeal' && sha256 !== null && name !== null
          ? [file(sha256, { name, mime: mimeOf(type), bytes, isDocument: false })]
          : [],
      ),
    ]
  }
