/** The citizens' portal as the make-believe staff sees it. */
import {
  DecideRecording,
  PortalSettings,
  type RecordingRequest,
  SavePortalSettings,
  type ShownPortalSettings,
} from '#contract/portal.ts'
import { madeId } from './mock-data.ts'
import { Refused } from './mock-refused.ts'

type Portal = { settings: ShownPortalSettings; recordings: RecordingRequest[] }
type Asked = { world: { portal: Portal }; path: string[]; body: unknown; me: { name: string } }

const HOUR_MS = 3_600_000

export function mockPortal(now: number): Portal {
  const request = (place: number, citizenName: string | null): RecordingRequest => ({
    id: madeId(77, place),
    call: madeId(2, place),
    arrivedAt: now - (place + 2) * HOUR_MS,
    number: '+998 90 *** ** 67',
    citizenName,
    askedAt: now - place * HOUR_MS,
    status: 'asked',
    reason: '',
    decidedByName: null,
  })
  return {
    settings: { changedAt: null, form: PortalSettings.parse({}) },
    recordings: [request(1, 'Gulnora Rahimova'), request(2, null)],
  }
}

export const PORTAL: Record<string, (asked: Asked) => unknown> = {
  'GET /portal-settings': ({ world }) => world.portal.settings,
  'PUT /portal-settings': ({ world, body }) => {
    const { basedOn, form } = SavePortalSettings.parse(body)
    if (basedOn !== world.portal.settings.changedAt) throw new Refused('changedMeanwhile')
    world.portal.settings = { changedAt: Math.max(Date.now(), (basedOn ?? 0) + 1), form }
    return world.portal.settings
  },
  'GET /recording-requests': ({ world }) => world.portal.recordings,
  'PUT /recording-requests/:id': ({ world, path, body, me }) => {
    const { granted, reason } = DecideRecording.parse(body)
    const request = world.portal.recordings.find(({ id }) => id === path[1])
    if (request?.status !== 'asked') throw new Refused('changedMeanwhile')
    Object.assign(request, { status: granted ? 'granted' : 'refused', reason, decidedByName: me.name })
    return request
  },
}
