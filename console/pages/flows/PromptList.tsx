import { Button } from '@mantine/core'
import type { PromptRow } from '#contract/flows.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { usePrompts, useReplacePrompt } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { FileChoice } from '../../ui/FileChoice.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { PlayButton } from './PlayButton.tsx'

/** Every text of that language, spoken by the voice until somebody uploads a recording of it. */
export function PromptList({ language }: { language: CallLanguage }) {
  const columns: Column<PromptRow>[] = [
    { header: t('Listen'), cell: (prompt) => <PlayButton prompt={prompt} /> },
    { header: t('Text'), cell: (prompt) => <span lang={prompt.language}>{prompt.text}</span> },
    { header: t('Length'), isNumber: true, cell: ({ seconds }) => duration(Math.ceil(seconds)) },
    { header: t('Sound'), cell: (prompt) => <Source prompt={prompt} /> },
    { header: t('Replace'), cell: (prompt) => <Replace prompt={prompt} /> },
  ]
  return (
    <Surface title={t('Prompts')}>
      <Asked query={usePrompts()}>
        {(prompts) => (
          <Table
            caption={t('Prompts')}
            columns={columns}
            rows={prompts.filter((prompt) => prompt.language === language)}
            rowKey={({ key }) => key}
            empty={t('There are no prompts.')}
          />
        )}
      </Asked>
    </Surface>
  )
}

export function Source({ prompt }: { prompt: PromptRow }) {
  if (prompt.source === 'spoken') return t('Spoken by the voice')
  return prompt.madeByName ? t('Recording by {{name}}', { name: prompt.madeByName }) : t('Recording')
}

export function Replace({ prompt }: { prompt: PromptRow }) {
  const replace = useReplacePrompt()
  const send = (recording: File | undefined) =>
    replace.mutate({ key: prompt.key, recording }, { onError: showProblem })
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.35rem' }}>
      <FileChoice accept="audio/wav,.wav" onChange={(file) => file && send(file)}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            loading={replace.isPending}
            aria-label={t('Upload WAV: {{text}}', { text: prompt.text })}
          >
            {t('Upload WAV')}
          </Button>
        )}
      </FileChoice>
      {prompt.source === 'uploaded' && (
        <Button size="xs" variant="subtle" onClick={() => send(undefined)}>
          {t('Back to the voice')}
        </Button>
      )}
    </div>
  )
}
