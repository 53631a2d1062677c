import './help.css'
import HelpPanel from '@cloudscape-design/components/help-panel'
import Icon from '@cloudscape-design/components/icon'
import { Fragment, type ReactNode } from 'react'
import { Commands } from '../ui/commands.tsx'
import { docsAddress, type HelpTask, type PageHelp } from './help.ts'

interface HelpContentProps {
  readonly help: PageHelp<Readonly<Record<string, string>>>
  /** Of the page's address. */
  readonly params: Readonly<Record<string, string>>
}

/** The help of a page as the panel shows it. */
export function HelpContent({ help, params }: HelpContentProps) {
  const { title, about, tasks, terms = {}, trouble, commands, links } = help
  const lines = commands?.(params) ?? []
  return (
    <HelpPanel
      header={<h2>{title}</h2>}
      footer={
        <>
          <h3>
            Learn more <Icon name="external" />
          </h3>
          <ul>
            {links.map((link) => (
              <li key={docsAddress(link)}>
                <a href={docsAddress(link)} target="_blank" rel="noopener">
                  {link.text}
                </a>
              </li>
            ))}
          </ul>
        </>
      }
    >
      <div className="td-help">
        <p>{withMarks(about)}</p>
        {tasks.map((task) => (
          <Fragment key={task.what}>
            <h3>{task.what}</h3>
            <How {...task} />
          </Fragment>
        ))}
        <Pairs title="Terms" pairs={terms} />
        <Pairs title="Troubleshooting" pairs={trouble} />
        {lines.length > 0 && <h3>With the AWS CLI</h3>}
        {lines.map(({ does, text }) => (
          <Fragment key={does}>
            <p>{does}</p>
            <Commands what={does} text={text} />
          </Fragment>
        ))}
      </div>
    </HelpPanel>
  )
}

function How({ how }: Pick<HelpTask, 'how'>) {
  if (typeof how === 'string') return <p>{withMarks(how)}</p>
  return (
    <ol>
      {how.map((step) => (
        <li key={step}>{withMarks(step)}</li>
      ))}
    </ol>
  )
}

function Pairs({ title, pairs }: { readonly title: string; readonly pairs: Readonly<Record<string, string>> }) {
  const entries = Object.entries(pairs)
  if (entries.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <dl>
        {entries.map(([term, meaning]) => (
          <Fragment key={term}>
            <dt>{withMarks(term)}</dt>
            <dd>{withMarks(meaning)}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}

/** `code` as code, and **words of the page** so that they are seen. */
function withMarks(text: string): ReactNode {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return <code key={part}>{part.slice(1, -1)}</code>
    if (part.startsWith('**')) return <strong key={part}>{part.slice(2, -2)}</strong>
    return part
  })
}
