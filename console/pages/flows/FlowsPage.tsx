import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FlowCard, FlowRow } from '#contract/flows.ts'
import { CALL_LANGUAGES, type CallLanguage } from '#core/lib/languages.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { SegmentedControl } from '@mantine/core'
import { useFlow, useFlows } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { callLanguageText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { FlowTree } from './FlowTree.tsx'
import css from './flows.module.css'
import { PromptList } from './PromptList.tsx'

/** What callers hear and may press, as it is published; and the recordings that replace the spoken texts. */
export function FlowsPage() {
  const [language, setLanguage] = useState<CallLanguage>('uz')
  const changesPrompts = useMay('changePrompts')
  return (
    <Page
      title={t('Voice menu')}
      aside={
        <SegmentedControl
          aria-label={t('Language of the texts')}
          data={CALL_LANGUAGES.map((value) => ({ value, label: callLanguageText(value) }))}
          value={language}
          onChange={(value) => setLanguage(value as CallLanguage)}
        />
      }
    >
      <div className={css.page}>
        <Asked query={useFlows()}>
          {(rows) =>
            publishedOf(rows).map((row) => <Published key={row.flow} row={row} language={language} />)
          }
        </Asked>
        {changesPrompts && <PromptList language={language} />}
      </div>
    </Page>
  )
}

const publishedOf = (rows: FlowRow[]) => rows.filter(({ status }) => status === 'published')

function Published({ row, language }: { row: FlowRow; language: CallLanguage }) {
  return (
    <Asked query={useFlow(row)}>
      {(flow) => (
        <Surface
          title={t('Flow {{flow}}, version {{version}}', { flow: flow.flow, version: flow.version })}
          aside={<Link to={paths.flow(flow.flow)}>{t('Change this menu')}</Link>}
        >
          <PublishedBy flow={flow} />
          <FlowTree flow={flow.body} language={language} />
        </Surface>
      )}
    </Asked>
  )
}

function PublishedBy({ flow }: { flow: FlowCard }) {
  if (flow.publishedAt === null) return null
  return (
    <p className={css.quiet}>
      {t('Published')}: {shortMoment(flow.publishedAt)} {flow.publishedByName}
    </p>
  )
}
