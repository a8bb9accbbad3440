/**
 * The procedures that are kept apart. A consultation is none of them: it stays with its call and has no number.
 *
 * `general`: by the Law „On appeals of individuals and legal entities". `testScore`: the apellyatsiya against a test
 * score, which the admission regulation governs, so that the limits of that law are not counted for it. `trust`:
 * reports of corruption, which only those who answer for the work may see. The classifier says which topics go by which.
 */
export const APPEAL_TRACKS = ['general', 'testScore', 'trust'] as const
export type AppealTrack = (typeof APPEAL_TRACKS)[number]

/** What its citizen calls a report of corruption is one until somebody who handles them says otherwise. */
export function firstTrack(
  ofTopic: AppealTrack,
  { isConfidential }: { readonly isConfidential: boolean },
): AppealTrack {
  return isConfidential ? 'trust' : ofTopic
}

/**
 * Another topic may lead to another procedure, but never off the confidential one: whoever reported corruption relies on
 * who reads it. That is a move of its own, with its reason.
 */
export function trackClassified(before: AppealTrack, ofTopic: AppealTrack): AppealTrack {
  return before === 'trust' ? 'trust' : ofTopic
}

/** Where a report goes that is none: by its topic, if that has another procedure. */
export function trackDisclosed(ofTopic: AppealTrack): AppealTrack {
  return ofTopic === 'trust' ? 'general' : ofTopic
}

/** Whether the limits of the law on appeals are counted. */
export function lawCounts(track: AppealTrack): boolean {
  return track !== 'testScore'
}
