import type { DocumentName } from '#contract/citizens.ts'
import type { CardField } from '#core/citizens/citizen-card.ts'
import type { NumberStanding } from '#core/citizens/number-standing.ts'
import type { CallId, CitizenId, StaffId } from '#core/lib/ids.ts'

/** Without names, numbers and documents: the log is for ever, and they must be able to go. */
export type CitizenEvent =
  | { type: 'citizenAdded'; citizen: CitizenId; by?: StaffId }
  | { type: 'citizenChanged'; citizen: CitizenId; version: number; fields: readonly CardField[]; by: StaffId }
  /** Once a day for each person. */
  | { type: 'citizenOpened'; citizen: CitizenId; by: StaffId }
  | { type: 'citizenDocumentOpened'; citizen: CitizenId; document: DocumentName; by: StaffId }
  | { type: 'citizenNumberAdded'; citizen: CitizenId; by: StaffId }
  | {
      type: 'citizenNumberMoved'
      citizen: CitizenId
      from: NumberStanding
      to: NumberStanding
      by?: StaffId
      call?: CallId
    }
  | {
      type: 'citizenContactAdded' | 'citizenContactEnded'
      citizen: CitizenId
      person: CitizenId
      by: StaffId
    }
  | { type: 'citizensMerged'; citizen: CitizenId; mergedCard: CitizenId; by: StaffId }
  | { type: 'citizensSplit'; citizen: CitizenId; mergedCard: CitizenId; by: StaffId }
