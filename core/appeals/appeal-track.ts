/**
 * The procedures that are kept apart. A consultation is none of them: it stays with its call and has no number.
 *
 * `general`: by the Law „On appeals of individuals and legal entities". `testScore`: the apellyatsiya against a test
 * score, which the admission regulation governs, so that the limits of that law are not counted for it. `trust`:
 * reports of corruption, which only those who answer for the work may see.
 */
export const APPEAL_TRACKS = ['general', 'testScore', 'trust'] as const
export type AppealTrack = (typeof APPEAL_TRACKS)[number]

/** The classifier says the track by the route of a topic. */
const TRACK_OF_ROUTE: Readonly<Record<string, AppealTrack>> = { APP: 'testScore', SEC: 'trust' }

export function trackOfRoute(route: string | null | undefined): AppealTrack {
  return TRACK_OF_ROUTE[route ?? ''] ?? 'general'
}

/** What its citizen calls a report of corruption is one until somebody who handles them says otherwise. */
export function firstTrack(
  route: string | null | undefined,
  { isConfidential }: { readonly isConfidential: boolean },
): AppealTrack {
  return isConfidential ? 'trust' : trackOfRoute(route)
}

/** Whether the limits of the law on appeals are counted. */
export function lawCounts(track: AppealTrack): boolean {
  return track !== 'testScore'
}
