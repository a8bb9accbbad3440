/** What citizens are told of those who looked at what is theirs, or did something with it: which events of the log it is. */
export const OPENINGS = [
  'recordingHeard',
  'documentOpened',
  'cardOpened',
  'cardChanged',
  'appealOpened',
  'fileOpened',
  'paperOpened',
  'replyFileOpened',
  'takenOut',
  'appealMoved',
] as const
export type OpeningKind = (typeof OPENINGS)[number]

const KIND_OF: Readonly<Record<string, OpeningKind>> = {
  recordingHeard: 'recordingHeard',
  citizenDocumentOpened: 'documentOpened',
  citizenOpened: 'cardOpened',
  citizenChanged: 'cardChanged',
  appealOpened: 'appealOpened',
  attachmentOpened: 'fileOpened',
  documentOpened: 'paperOpened',
  replyFileOpenedByCitizen: 'replyFileOpened',
  appealExported: 'takenOut',
}

/** Of a citizen, as these are found by his card and not by an appeal or a call. */
export const CARD_OPENINGS = Object.keys(KIND_OF).filter((type) => type.startsWith('citizen'))

/** Everything else that somebody does to an appeal is work on it. */
export function openingOf(type: string): OpeningKind | undefined {
  return KIND_OF[type] ?? (type.startsWith('appeal') ? 'appealMoved' : undefined)
}
