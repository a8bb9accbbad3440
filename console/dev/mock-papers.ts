/** The papers that the make-believe server begins its day with. */
import type { AttachmentRow } from '#contract/attachments.ts'
import { madeId } from './mock-data.ts'

export type MockAttachment = AttachmentRow & { appeal: string }

export function mockPapers(now: number) {
  const attachments: MockAttachment[] = [
    {
      id: madeId(9, 1),
      appeal: madeId(3, 0),
      part: 'appeal',
      name: 'Ruxsatnoma (nusxa).pdf',
      type: 'pdf',
      bytes: 184_320,
      addedAt: now - 3_600_000,
      addedByName: null,
      removedAt: null,
      removedByName: null,
      opened: { count: 2, lastAt: now - 600_000, lastByName: 'Aziz Nazarov' },
    },
  ]
  return { attachments }
}
