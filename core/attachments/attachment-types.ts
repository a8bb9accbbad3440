/**
 * What may be attached to an appeal: the table of types, each known by its content and never by its name alone.
 *
 * What is not here is not taken: programs, web pages and pictures that are programs (SVG), and archives that cannot be
 * looked into. Nothing taken is ever shown as a page of ours: it is only downloaded.
 */

type TypeRule = {
  /** As the content says. */
  readonly mime: string
  /** The first is the one that is given. */
  readonly extensions: readonly [string, ...string[]]
  /** A ZIP file inside, so it is looked into as one. */
  readonly isZip?: true
  /** A container of Microsoft's before 2007, which may hold macros. */
  readonly isOle?: true
}

const office = 'application/vnd.openxmlformats-officedocument'

export const ATTACHMENT_TYPES = {
  pdf: { mime: 'application/pdf', extensions: ['pdf'] },
  jpeg: { mime: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jfif'] },
  png: { mime: 'image/png', extensions: ['png'] },
  gif: { mime: 'image/gif', extensions: ['gif'] },
  webp: { mime: 'image/webp', extensions: ['webp'] },
  heic: { mime: 'image/heic', extensions: ['heic', 'heif'] },
  tiff: { mime: 'image/tiff', extensions: ['tif', 'tiff'] },
  docx: { mime: `${office}.wordprocessingml.document`, extensions: ['docx'], isZip: true },
  xlsx: { mime: `${office}.spreadsheetml.sheet`, extensions: ['xlsx'], isZip: true },
  pptx: { mime: `${office}.presentationml.presentation`, extensions: ['pptx'], isZip: true },
  odt: { mime: 'application/vnd.oasis.opendocument.text', extensions: ['odt'], isZip: true },
  ods: { mime: 'application/vnd.oasis.opendocument.spreadsheet', extensions: ['ods'], isZip: true },
  doc: { mime: 'application/msword', extensions: ['doc'], isOle: true },
  xls: { mime: 'application/vnd.ms-excel', extensions: ['xls'], isOle: true },
  ppt: { mime: 'application/vnd.ms-powerpoint', extensions: ['ppt'], isOle: true },
  zip: { mime: 'application/zip', extensions: ['zip'], isZip: true },
  text: { mime: 'text/plain', extensions: ['txt', 'csv', 'log', 'md'] },
  mp3: { mime: 'audio/mpeg', extensions: ['mp3'] },
  ogg: { mime: 'audio/ogg', extensions: ['ogg', 'oga', 'opus'] },
  wav: { mime: 'audio/wav', extensions: ['wav'] },
  m4a: { mime: 'audio/mp4', extensions: ['m4a'] },
  amr: { mime: 'audio/amr', extensions: ['amr'] },
  mp4: { mime: 'video/mp4', extensions: ['mp4'] },
  threeGp: { mime: 'video/3gpp', extensions: ['3gp', '3gpp'] },
  mov: { mime: 'video/quicktime', extensions: ['mov'] },
  webm: { mime: 'video/webm', extensions: ['webm'] },
} as const satisfies Record<string, TypeRule>
export type AttachmentType = keyof typeof ATTACHMENT_TYPES

export const ATTACHMENT_TYPE_NAMES = Object.keys(ATTACHMENT_TYPES) as AttachmentType[]

/** What other names the libraries that read content have for the same. */
const ALSO_CALLED: Readonly<Record<string, AttachmentType>> = {
  'audio/x-m4a': 'm4a',
  'audio/vnd.wave': 'wav',
  'audio/x-wav': 'wav',
  'image/heif': 'heic',
  'audio/ogg; codecs=opus': 'ogg',
  'application/ogg': 'ogg',
}

export function ruleOfType(type: AttachmentType): TypeRule {
  return ATTACHMENT_TYPES[type]
}

/** The type that the content's own name is; none where it is not taken. */
export function typeOfMime(mime: string): AttachmentType | undefined {
  return ALSO_CALLED[mime] ?? ATTACHMENT_TYPE_NAMES.find((type) => ATTACHMENT_TYPES[type].mime === mime)
}

/** Office documents with macros have types of their own, and are refused for their macros and not for their type. */
export function saysMacros(mime: string): boolean {
  return /macro-?enabled/i.test(mime)
}
