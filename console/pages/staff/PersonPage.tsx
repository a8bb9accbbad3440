import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AddPerson, PersonRow } from '#contract/people.ts'
import type { QueueRow } from '#contract/queues.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { checkDeactivation, checkPerson } from '#core/staff/check-person.ts'
import { may } from '#core/staff/permissions.ts'
import { useQueues } from '../../queue-api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { NotFoundPage } from '../../NotFoundPage.tsx'
import { paths } from '../../paths.ts'
import { settingProblemText } from '../../setting-words.ts'
import { type PersonDone, usePeople, usePersonCommand } from '../../settings-api.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'
import { OneTimePassword } from './OneTimePassword.tsx'
import css from './people.module.css'
import { togetherOf } from './PeoplePage.tsx'
import { PersonFields } from './PersonFields.tsx'

/** One person: what he does here, and whether and how he signs in. */
export function PersonPage({ id }: { id: string }) {
  const queues = useQueues()
  return (
    <Asked query={usePeople()}>
      {(people) => {
        const row = people.find((one) => one.id === id)
        return row ? <Person row={row} people={people} queues={queues.data ?? []} /> : <NotFoundPage />
      }}
    </Asked>
  )
}

type Shown = { row: PersonRow; people: PersonRow[]; queues: readonly QueueRow[] }

function Person(shown: Shown) {
  const { row } = shown
  return (
    <Page title={row.name} aside={<Link to={paths.people()}>{t('Everybody')}</Link>}>
      <div className={css.page}>
        <ChangeForm key={row.id} {...shown} />
        <Access {...shown} />
      </div>
    </Page>
  )
}

const formOf = ({ login, name, role, languages, pinfl, queues }: PersonRow): AddPerson => ({
  login,
  name,
  role,
  languages,
  queues,
  pinfl,
})

function ChangeForm({ row, people, queues }: Shown) {
  const saved = { form: formOf(row), basedOn: row.version }
  const { typed: draft, change: setDraft, forget } = useTypedDraft(`person.${row.id}`, saved)
  const command = usePersonCommand()
  const { basedOn, form } = draft
  const problems = checkPerson(form, togetherOf(people, queues), row.id as StaffId)
  const isOld = basedOn !== row.version && !command.isPending
  const isSame = JSON.stringify(form) === JSON.stringify(formOf(row))
  const { login: _login, ...changed } = form
  const save = () =>
    command.mutate({ do: 'change', id: row.id, form: { basedOn, ...changed } }, { onSuccess: forget })
  return (
    <Surface title={t('What he or she does here')}>
      <div className={css.page}>
        <PersonFields
          form={form}
          change={(part) => setDraft({ ...draft, form: { ...form, ...part } })}
          problems={problems}
          queues={queues}
          isNew={false}
        />
        {may(form.role, 'takeCalls') && (
          <p className={css.quiet}>
            {t('How well a language is spoken, and other skills:')}{' '}
            <Link to={paths.agentSkills()}>{t('Agents’ skills')}</Link>
          </p>
        )}
        <div className={css.actions}>
          <ActionButton
            label={t('Save')}
            isBusy={command.isPending}
            whyDisabled={whyNot({ problems: problems.length, isSame, isOld })}
            onPress={save}
          />
          {(isOld || !isSame) && (
            <ActionButton label={t('Show what was saved')} variant="default" onPress={forget} />
          )}
          {command.isSuccess && isSame && <span role="status">{t('Saved: it holds from now on.')}</span>}
        </div>
        <SettingsProblem error={command.error} />
      </div>
    </Surface>
  )
}

function whyNot(of: { problems: number; isSame: boolean; isOld: boolean }): string | undefined {
  if (of.isOld) return t('Somebody changed this meanwhile. Look at it again, please.')
  if (of.problems > 0) return t('First put right what is marked.')
  return of.isSame ? t('Nothing has been changed.') : undefined
}

/** The password and the right to sign in. Both are asked twice: they throw somebody out of what he is doing. */
function Access({ row, people }: Shown) {
  const me = useSignedIn()
  const command = usePersonCommand()
  const [given, setGiven] = useState<PersonDone>()
  const [problem] = checkDeactivation(togetherOf(people, []), { id: row.id as StaffId, by: me.id as StaffId })
  const send = (what: 'password' | 'deactivate' | 'activate') =>
    command.mutate({ do: what, id: row.id }, { onSuccess: setGiven })
  const [isPasswordAsked, pressPassword] = useSecondPress(() => send('password'))
  const [isLockAsked, pressLock] = useSecondPress(() => send('deactivate'))
  return (
    <Surface title={t('Signing in')}>
      <div className={css.page}>
        <p className={css.quiet}>{accessText(row)}</p>
        <div className={css.actions}>
          {row.isActive ? (
            <>
              <ActionButton
                label={isPasswordAsked ? t('Press again: the old password ends at once') : t('New password')}
                variant="default"
                isBusy={command.isPending}
                onPress={pressPassword}
              />
              <ActionButton
                label={isLockAsked ? t('Press again to sign out and lock out') : t('Lock out')}
                color="red"
                variant="light"
                whyDisabled={problem && settingProblemText(problem)}
                isBusy={command.isPending}
                onPress={pressLock}
              />
            </>
          ) : (
            <ActionButton
              label={t('Let in again')}
              variant="default"
              isBusy={command.isPending}
              onPress={() => send('activate')}
            />
          )}
        </div>
        <SettingsProblem error={command.error} />
        {given?.password && (
          <OneTimePassword
            name={row.name}
            login={row.login}
            password={given.password}
            done={() => setGiven(undefined)}
          />
        )}
      </div>
    </Surface>
  )
}

function accessText({ hasOneTimePassword, isActive, isSignedIn }: PersonRow): string {
  if (!isActive) return t('Locked out. Calls and appeals keep the name.')
  if (isSignedIn) return t('Signed in now.')
  return hasOneTimePassword ? t('Has a password for one sign-in, not used yet.') : t('Not signed in now.')
}
