/**
 * Who follows an appeal: whoever holds the telephone that it names.
 *
 * Its citizen names it: in the form of the portal, where a code proves that he holds it, or to the agent, who reads it
 * back to him. A number that merely calls names nothing; it is only proposed. Number and code go to the telephone that is
 * named, so whoever has them holds it, and its cabinet shows no more than what names it. Two citizens who share one see
 * the appeals of both: each of them has named it, and a code proves a telephone and not who has it in his hand.
 *
 * A report of corruption that an agent wrote down is followed by nobody: no code has proven whose hand the telephone is
 * in, and what lies on a table at home or in an office is read by others.
 */
import { APPEAL_TRACKS, type AppealTrack } from '../appeals/appeal-track.ts'

/** How an appeal came: told to an agent, or filed in the portal by its citizen. */
export const APPEAL_MEDIA = ['phone', 'portal'] as const
export type AppealMedium = (typeof APPEAL_MEDIA)[number]

export type NamedTelephone = {
  readonly telephone: string | null
  readonly medium: AppealMedium
  readonly track: AppealTrack
}

/** The telephone that is told of the appeal and in whose cabinet it is; none where nobody follows it. */
export function followingTelephone({ medium, telephone, track }: NamedTelephone): string | null {
  return track === 'trust' && medium !== 'portal' ? null : telephone
}

/** The same for whoever asks the database: which appeals are followed by the telephone that they name. */
export const FOLLOWED_BY_TELEPHONE = APPEAL_TRACKS.flatMap((track) =>
  APPEAL_MEDIA.flatMap((medium) =>
    followingTelephone({ telephone: 'any', medium, track }) === null ? [] : [{ track, medium }],
  ),
)

/** Whether another may be named. One that its citizen has proven is nobody else's to change. */
export function mayNameAnother({ medium }: Pick<NamedTelephone, 'medium'>): boolean {
  return medium !== 'portal'
}
