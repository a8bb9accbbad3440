import type { Desk } from '#contract/calls.ts'
import { useDesk } from '../../desk-api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { lineView } from '../../softphone/my-line.ts'
import { useStore } from '../../store.ts'
import { useDocumentTitle } from '../../ui/Page.tsx'
import { BreakView } from './BreakView.tsx'
import { CallingBackView } from './CallingBackView.tsx'
import { CallElsewhereView } from './CallElsewhereView.tsx'
import { CallView } from './CallView.tsx'
import { deskView } from './desk-rules.ts'
import { LineComingView } from './LineComingView.tsx'
import { offerTitle, OfferView } from './OfferView.tsx'
import { OffShiftView } from './OffShiftView.tsx'
import { PhoneComingView } from './PhoneComingView.tsx'
import { WaitingView } from './WaitingView.tsx'

/** Where an agent spends the day: one thing at a time, the whole screen for it. */
export function DeskPage() {
  const desk = useDesk()
  return (
    <main>
      <Asked query={desk}>{(now) => <DeskNow desk={now} />}</Asked>
    </main>
  )
}

function DeskNow({ desk }: { desk: Desk }) {
  const line = useStore(lineView)
  useDocumentTitle(desk.offer ? offerTitle(desk.offer) : t('Desk'))
  switch (deskView(desk, line.state)) {
    case 'offShift':
      return <OffShiftView />
    case 'lineComing':
      return desk.phoneMode === 'perCall' ? <PhoneComingView /> : <LineComingView view={line} />
    case 'onBreak':
      return <BreakView desk={desk} line={line.state} />
    case 'waiting':
      return <WaitingView desk={desk} />
    case 'offer':
      return (
        desk.offer && (
          <OfferView offer={desk.offer} caller={desk.caller} isOnPhone={desk.phoneMode === 'perCall'} />
        )
      )
    case 'callingBack':
      return desk.callingBack && <CallingBackView callingBack={desk.callingBack} caller={desk.caller} />
    case 'callElsewhere':
      return desk.call && <CallElsewhereView call={desk.call.id} />
    case 'call':
      return desk.call && <CallView key={desk.call.id} desk={desk} call={desk.call} line={line} />
  }
}
