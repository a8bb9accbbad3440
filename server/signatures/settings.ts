import { SigningRules } from '#contract/signatures.ts'
import { FIRST_SIGNING } from '#core/signatures/signing-settings.ts'
import { setting } from '../database/settings.ts'

export const SIGNING = setting('signing', SigningRules, SigningRules.parse(FIRST_SIGNING))
