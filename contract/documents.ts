/** The official documents of an appeal, and the templates they are made from. */
import { z } from 'zod'
import { DOCUMENT_LANGUAGES, TEMPLATE_PROBLEMS } from '#core/documents/document-fields.ts'
import { NOT_SHOWN } from '#core/documents/not-shown.ts'

export const DocumentLanguage = z.enum(DOCUMENT_LANGUAGES)

export const DocumentRow = z.object({
  id: z.uuid(),
  /** Of this appeal, from one. */
  version: z.number().int(),
  language: DocumentLanguage,
  /** Whether this is the one that was sent to the chancellery. */
  wasSent: z.boolean(),
  docxBytes: z.number().int(),
  pdfBytes: z.number().int(),
  /** By which a paper that comes back is known. */
  pdfSha256: z.string(),
  madeAt: z.number(),
  /** None where it was made for sending. */
  madeByName: z.string().nullable(),
})
export type DocumentRow = z.infer<typeof DocumentRow>

export const MakeDocument = z.object({ language: DocumentLanguage })

export const TemplateProblem = z.object({ code: z.enum(TEMPLATE_PROBLEMS), name: z.string() })

/** What was found in a template, and how a letter from it looks. */
export const CheckedTemplate = z.object({
  problems: z.array(TemplateProblem),
  /** What Word shows and the PDF does not. */
  notShown: z.array(z.enum(NOT_SHOWN)),
  /** A PDF in base64, filled in with a made-up appeal; none where it cannot be filled in. */
  preview: z.string().nullable(),
})
export type CheckedTemplate = z.infer<typeof CheckedTemplate>

export const TemplateVersion = z.object({
  version: z.number().int(),
  isStandard: z.boolean(),
  savedAt: z.number(),
  savedByName: z.string(),
})

export const TemplateRow = z.object({
  language: DocumentLanguage,
  /** Zero before anybody saved one. */
  version: z.number().int(),
  isStandard: z.boolean(),
  versions: z.array(TemplateVersion),
})
export type TemplateRow = z.infer<typeof TemplateRow>

export const DocumentSettings = z.object({
  /** In which language documents go to the chancellery. */
  language: DocumentLanguage,
})
export type DocumentSettings = z.infer<typeof DocumentSettings>

/** GET /api/document-settings. */
export const ShownDocumentSettings = z.object({
  changedAt: z.number().nullable(),
  settings: DocumentSettings,
})
export type ShownDocumentSettings = z.infer<typeof ShownDocumentSettings>

/** PUT /api/document-settings. `basedOn`: the `changedAt` that was read. */
export const SaveDocumentSettings = z.object({ basedOn: z.number().nullable(), settings: DocumentSettings })
export type SaveDocumentSettings = z.infer<typeof SaveDocumentSettings>
