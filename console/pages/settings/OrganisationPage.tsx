import { TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { OrganisationSettings } from '#contract/organisation.ts'
import { formatAppealNumber } from '#core/appeals/appeal-number.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { checkOrganisation } from '#core/organisation/organisation.ts'
import { Asked } from '../../Asked.tsx'
import { cyrillic } from '../../cyrillic.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { useOrganisation, useSaveOrganisation } from '../../set-up-api.ts'
import { settingProblemText } from '../../setting-words.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Lines } from './Lines.tsx'
import { problemAt } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { useSettingForm } from './use-setting-form.ts'

/** What the organisation is called, how citizens reach it, and how its appeals are numbered. */
export function OrganisationPage() {
  return (
    <Page title={t('Organisation')}>
      <Asked query={useOrganisation()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

type Form = OrganisationSettings['form']
type Part = {
  form: Form
  problems: readonly SettingProblem[]
  change: (part: Partial<Form>) => void
}

function Editor({ settings: { changedAt, form: shown } }: { settings: OrganisationSettings }) {
  const form = useSettingForm<Form>('organisation', { changedAt, value: shown })
  const save = useSaveOrganisation()
  const problems = checkOrganisation(form.value)
  const part = { form: form.value, problems, change: form.change }
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, form: form.value },
      { onSuccess: (saved) => form.adopt({ changedAt: saved.changedAt, value: saved.form }) },
    )
  return (
    <div className={css.page}>
      <Surface title={t('What it is called')}>
        <Names {...part} />
      </Surface>
      <Surface title={t('How citizens reach it')}>
        <Contacts key={form.filling} {...part} />
      </Surface>
      <Surface title={t('Numbers of appeals')}>
        <Numbers {...part} />
      </Surface>
      <SaveSetting form={form} problems={problems.length} save={save} press={press} />
    </div>
  )
}

function Names({ form: { names }, problems, change }: Part) {
  const name = (field: keyof Form['names'], label: string, placeholder?: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={names[field] ?? ''}
      error={problemAt(problems, 'names', field)}
      onChange={(event) => {
        const { [field]: _before, ...others } = names
        const typed = event.currentTarget.value
        const isLeftOut = typed === '' && field !== 'uz' && field !== 'ru'
        change({ names: { uz: names.uz, ru: names.ru, ...others, ...(!isLeftOut && { [field]: typed }) } })
      }}
    />
  )
  return (
    <div className={css.fields}>
      {name('uz', t('Name in Uzbek'))}
      {name('cyrillic', t('Name in Uzbek, Cyrillic letters'), cyrillic(names.uz))}
      {name('ru', t('Name in Russian'))}
      {name('en', t('Name in English'), names.uz)}
    </div>
  )
}

function Contacts({ form, problems, change }: Part) {
  const text = (row: 'address' | 'hours', language: 'uz' | 'ru', label: string) => (
    <TextInput
      label={label}
      value={form[row][language]}
      error={problemAt(problems, row, language)}
      onChange={(event) => change({ [row]: { ...form[row], [language]: event.currentTarget.value } })}
    />
  )
  const phones = problems.filter(({ field }) => field === 'phones').map(settingProblemText)
  return (
    <div className={css.page}>
      <div className={css.fields}>
        <TextInput
          label={t('Number that people call')}
          value={form.shortNumber}
          error={problemAt(problems, 'contacts', 'shortNumber')}
          onChange={(event) => change({ shortNumber: event.currentTarget.value.trim() })}
        />
        <Lines
          label={t('Other telephones, one to a line')}
          value={form.phones}
          problem={phones.join(' ') || undefined}
          change={(changed) => change({ phones: changed })}
        />
      </div>
      <div className={css.fields}>
        {text('address', 'uz', t('Address in Uzbek'))}
        {text('address', 'ru', t('Address in Russian'))}
        {text('hours', 'uz', t('Working hours in Uzbek'))}
        {text('hours', 'ru', t('Working hours in Russian'))}
      </div>
      <p className={css.quiet}>{t('It stands at the foot of every page of the citizens’ portal.')}</p>
      {useMay('changePortal') && <Link to={paths.portal()}>{t('The address of the portal itself')}</Link>}
    </div>
  )
}

const FIRST = 1

function Numbers({ form: { appealPrefix: prefix }, problems, change }: Part) {
  const year = Number(tashkentDay(serverNow()).slice(0, 4))
  const problem = problemAt(problems, 'appeals', 'appealPrefix')
  return (
    <div className={css.page}>
      <TextInput
        maw="12rem"
        label={t('Letters before the year')}
        value={prefix}
        error={problem}
        onChange={(event) => change({ appealPrefix: event.currentTarget.value.trim() })}
      />
      {problem === undefined && (
        <p className={css.quiet}>
          {t('As {{number}}, from the next appeal on; what has a number keeps it, and the count goes on.', {
            number: formatAppealNumber({ prefix, year, sequence: FIRST }),
          })}
        </p>
      )}
    </div>
  )
}
