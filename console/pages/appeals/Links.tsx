import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AppealCard, AppealLink } from '#contract/appeals.ts'
import type { LinkFlag, LinkReason } from '#core/appeals/likeness.ts'
import { mayMove } from '#core/appeals/move-rules.ts'
import { useDecideLink } from '../../api.ts'
import { appealStatusText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { paths } from '../../paths.ts'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './appeals.module.css'

/** What the appeal may repeat or double: proposed with its reasons, decided by a person. */
export function Links({ appeal }: { appeal: AppealCard }) {
  const { role } = useSignedIn()
  if (appeal.links.length === 0) return null
  return (
    <Surface title={t('Repeats and duplicates')}>
      <ul className={css.links}>
        {appeal.links.map((link) => (
          <li key={`${link.other.id} ${link.flag}`}>
            <div>
              <Link to={paths.appeal(link.other.id)}>{link.other.number}</Link> ·{' '}
              {appealStatusText(link.other.status)}
            </div>
            <Said link={link} />
            {mayMove(role, 'classify', appeal.track) && <Decision appeal={appeal.id} link={link} />}
          </li>
        ))}
      </ul>
    </Surface>
  )
}

function Said({ link: { accepted, flag, likeness, reasons } }: { link: AppealLink }) {
  const tone = accepted === null ? 'warn' : accepted ? 'accent' : 'quiet'
  return (
    <div>
      <Tone tone={tone}>{flagText(flag, accepted)}</Tone>
      {likeness !== null && (
        <span className={css.told}>
          {t('alike: {{percent}} %', { percent: likeness })} · {reasons.map(reasonText).join(', ')}
        </span>
      )}
    </div>
  )
}

function Decision({ appeal, link }: { appeal: string; link: AppealLink }) {
  const decide = useDecideLink(appeal)
  const say = (accepted: boolean) =>
    decide.mutate({ other: link.other.id, flag: link.flag, accepted }, { onError: showProblem })
  return (
    <div className={css.moves}>
      {link.accepted !== true && (
        <Button size="xs" variant="default" loading={decide.isPending} onClick={() => say(true)}>
          {t('Yes, that is so: {{number}}', { number: link.other.number })}
        </Button>
      )}
      {link.accepted !== false && (
        <Button size="xs" variant="default" loading={decide.isPending} onClick={() => say(false)}>
          {t('No, another matter: {{number}}', { number: link.other.number })}
        </Button>
      )}
    </div>
  )
}

function flagText(flag: LinkFlag, accepted: boolean | null): string {
  if (flag === 'repeat') {
    if (accepted === null) return t('May repeat it')
    return accepted ? t('Repeats it') : t('Does not repeat it')
  }
  if (accepted === null) return t('May be a duplicate of it')
  return accepted ? t('A duplicate of it') : t('Not a duplicate of it')
}

function reasonText(reason: LinkReason): string {
  switch (reason) {
    case 'samePerson':
      return t('the same person')
    case 'sameName':
      return t('the same name')
    case 'sameTopic':
      return t('the same topic')
    case 'similarText':
      return t('a similar text')
    case 'withinLimit':
      return t('the other was within its limit')
    case 'afterReply':
      return t('the other had its reply')
    case 'afterDueDay':
      return t('the limit of the other had passed')
  }
}
