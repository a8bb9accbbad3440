/** The style sheet, read while the checkout can be read: this process gives up root before it serves anything. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const STYLE = readFileSync(join(import.meta.dirname, '../../portal/style.css'), 'utf8')

/** Another one with each change of it, so that browsers may keep it for ever. */
export const STYLE_VERSION = createHash('sha256').update(STYLE).digest('hex').slice(0, 12)
