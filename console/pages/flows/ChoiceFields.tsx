import { NativeSelect } from '@mantine/core'
import { newLanguageChoice, newMenuChoice, withNode } from '#core/ivr/edit-flow.ts'
import type { ChooseLanguageNode, LanguageChoice, MenuChoice, MenuNode } from '#core/ivr/flow.ts'
import { spokenChoice } from '#core/ivr/spoken.ts'
import { CALL_LANGUAGES, type CallLanguage } from '#core/lib/languages.ts'
import { callLanguageText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { RemoveButton } from '../../ListButtons.tsx'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './editor.module.css'
import { type FieldsProps, useEditing } from './flow-editing.ts'
import { TextField, TextFields } from './TextFields.tsx'
import { TopicField } from './TopicField.tsx'
import { useProblemsAt } from './use-problems-at.ts'
import { Way } from './WayField.tsx'

const KEYS = '123456789'.split('')

export function MenuChoiceFields({ id, node }: FieldsProps<MenuNode>) {
  const { change, flow } = useEditing()
  const problemAt = useProblemsAt(id)
  const put = (choices: readonly MenuChoice[], about?: string) =>
    change(withNode(flow, id, { ...node, choices }), about)
  const added = newMenuChoice(node.choices, flow.operator)
  const without = (place: number) => put(node.choices.filter((_, at) => at !== place))
  return (
    <>
      {node.choices.map((choice, place) => {
        const at = `choices.${place}` as const
        const putChoice = (part: Partial<MenuChoice>, about?: string) =>
          put(
            node.choices.map((one, other) => (other === place ? withoutEmpty({ ...one, ...part }) : one)),
            about && `${id} ${at} ${about}`,
          )
        return (
          // A choice has no name of its own: its key and its words are what is being changed.
          <Choice key={place} choice={choice} remove={() => without(place)}>
            <KeyField
              value={choice.key}
              problem={problemAt(`${at}.key`)}
              change={(key) => putChoice({ key })}
            />
            <TextFields
              label={t('Name')}
              texts={choice.label}
              heard={(language, text) => spokenChoice(language, text, choice.key)}
              problem={(language) => problemAt(`${at}.label`, language)}
              change={(label, language) => putChoice({ label }, language)}
            />
            <Way id={id} node={node} slot={`${at}.next`} label={t('Leads to')} />
            <TopicField
              label={t('Topic')}
              topic={choice.topic}
              problem={problemAt(`${at}.topic`)}
              change={(topic) => putChoice({ topic: topic as never })}
            />
          </Choice>
        )
      })}
      <AddChoice problem={problemAt('choices')} add={added && (() => put([...node.choices, added]))} />
    </>
  )
}

export function LanguageChoiceFields({ id, node }: FieldsProps<ChooseLanguageNode>) {
  const { change, flow } = useEditing()
  const problemAt = useProblemsAt(id)
  const put = (part: Partial<ChooseLanguageNode>, about?: string) =>
    change(withNode(flow, id, { ...node, ...part }), about)
  const { choices } = node
  const added = newLanguageChoice(choices, flow.languages)
  return (
    <>
      {choices.map((choice, place) => {
        const at = `choices.${place}` as const
        const putChoice = (part: Partial<LanguageChoice>, about?: string) =>
          put(
            { choices: choices.map((one, other) => (other === place ? { ...one, ...part } : one)) },
            about && `${id} ${at} ${about}`,
          )
        return (
          // As above.
          <Choice
            key={place}
            choice={choice}
            remove={() => put({ choices: choices.filter((_, other) => other !== place) })}
          >
            <KeyField
              value={choice.key}
              problem={problemAt(`${at}.key`)}
              change={(key) => putChoice({ key })}
            />
            <LanguageField
              label={t('Language')}
              value={choice.language}
              problem={problemAt(`${at}.language`)}
              change={(language) => putChoice({ language })}
            />
            <TextField
              label={t('The whole sentence')}
              text={choice.text}
              say={{ language: choice.language, text: choice.text }}
              problem={problemAt(`${at}.text`)}
              change={(text) => putChoice({ text }, 'text')}
            />
          </Choice>
        )
      })}
      <AddChoice
        problem={problemAt('choices')}
        add={added && (() => put({ choices: [...choices, added] }))}
      />
      <LanguageField
        label={t('Language of those who choose none')}
        value={node.defaultLanguage}
        problem={problemAt('defaultLanguage')}
        change={(defaultLanguage) => put({ defaultLanguage })}
      />
    </>
  )
}

function withoutEmpty({ topic, ...choice }: MenuChoice): MenuChoice {
  return topic ? { ...choice, topic } : choice
}

function Choice(props: { choice: { key: string }; remove: () => void; children: React.ReactNode }) {
  const { children, choice, remove } = props
  return (
    <fieldset className={css.choice}>
      <legend>{t('Key {{key}}', { key: choice.key })}</legend>
      {children}
      <RemoveButton
        size="compact-xs"
        label={t('Remove the choice {{key}}', { key: choice.key })}
        remove={remove}
      />
    </fieldset>
  )
}

function AddChoice({ add, problem }: { add: (() => void) | undefined; problem: string | undefined }) {
  return (
    <>
      {problem && <p className={css.problem}>{problem}</p>}
      <ActionButton
        label={t('Add a choice')}
        size="xs"
        variant="default"
        whyDisabled={add ? undefined : t('All nine keys are taken.')}
        onPress={() => add?.()}
      />
    </>
  )
}

function KeyField(props: { value: string; problem: string | undefined; change: (key: string) => void }) {
  const { change, problem, value } = props
  return (
    <NativeSelect
      label={t('Key')}
      value={value}
      error={problem}
      data={KEYS.includes(value) ? KEYS : [value, ...KEYS]}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

function LanguageField(props: {
  label: string
  value: CallLanguage
  problem: string | undefined
  change: (language: CallLanguage) => void
}) {
  const { change, label, problem, value } = props
  return (
    <NativeSelect
      label={label}
      value={value}
      error={problem}
      data={CALL_LANGUAGES.map((language) => ({ value: language, label: callLanguageText(language) }))}
      onChange={(event) => change(event.currentTarget.value as CallLanguage)}
    />
  )
}
