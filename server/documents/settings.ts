import { DocumentSettings } from '#contract/documents.ts'
import { setting } from '../database/settings.ts'

export const DOCUMENT_SETTINGS = setting<DocumentSettings>('documents', DocumentSettings, { language: 'uz' })
