import Button from '@cloudscape-design/components/button'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { applyTextEdits, positionAt } from '@thingdeck/json'
import { type ReactNode, useRef } from 'react'
import { capitalised } from '../format.ts'
import type { TextProblem } from './text-problem.ts'
import './problem-list.css'

type Severity = TextProblem['severity']

interface ProblemListProps {
  /** Accessible name: 'What was found in the policy'. */
  readonly label: string
  readonly problems: readonly TextProblem[]
  /** What they are about. */
  readonly text: string
  /** What is said where there are none. */
  readonly nothing: string
  /** Leads to the place in the editor. */
  readonly onReveal: (problem: TextProblem) => void
  /** Takes the text with a fix. Undefined: nothing may be changed now. */
  readonly onChange: ((text: string) => void) | undefined
  /** What else mends a problem than an edit of the text. */
  readonly more?: ((problem: TextProblem) => ReactNode) | undefined
}

const STATUS: Readonly<Record<Severity, StatusIndicatorProps.Type>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
}
const SEVERITY_WORDS: Readonly<Record<Severity, readonly [one: string, several: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['hint', 'hints'],
}

/**
 * All that was found, for the keyboard and for screen readers too: what is marked in the text is said here in words.
 */
export function ProblemList({ label, problems, text, nothing, onReveal, onChange, more }: ProblemListProps) {
  const list = useRef<HTMLElement>(null)
  if (text.trim() === '') return null
  return (
    <section ref={list} tabIndex={-1} aria-label={label} className="td-findings">
      <div role="status">
        <StatusIndicator type={statusOf(problems)}>{summaryOf(problems) ?? nothing}</StatusIndicator>
      </div>
      <ul>
        {problems.map((problem) => (
          <OneProblem
            key={`${problem.from} ${problem.to} ${problem.message}`}
            problem={problem}
            text={text}
            onReveal={onReveal}
            onChange={
              onChange &&
              ((mended) => {
                onChange(mended)
                list.current?.focus() // the button goes with what it mends
              })
            }
            more={more}
          />
        ))}
      </ul>
    </section>
  )
}

type OneProblemProps = Pick<ProblemListProps, 'text' | 'onReveal' | 'onChange' | 'more'> & {
  readonly problem: TextProblem
}

function OneProblem({ problem, text, onReveal, onChange, more }: OneProblemProps) {
  const { severity, message, from, fixes = [] } = problem
  const { line, column } = positionAt(text, from)
  const others = more?.(problem)
  return (
    <li>
      <StatusIndicator type={STATUS[severity]} iconAriaLabel={capitalised(SEVERITY_WORDS[severity][0])} />
      <div>
        <Button
          variant="inline-link"
          formAction="none"
          onClick={() => onReveal(problem)}
          ariaLabel={`Go to line ${line}, column ${column}`}
        >
          Line {line}
        </Button>{' '}
        {message}
        {onChange && (fixes.length > 0 || others) && (
          <div className="td-finding-fixes">
            {fixes.map(({ words, edits }) => (
              <Button
                key={words}
                variant="inline-link"
                formAction="none"
                onClick={() => onChange(applyTextEdits(text, edits))}
              >
                {words}
              </Button>
            ))}
            {others}
          </div>
        )}
      </div>
    </li>
  )
}

const ofSeverity = (problems: readonly TextProblem[], severity: Severity): number =>
  problems.filter((problem) => problem.severity === severity).length

function statusOf(problems: readonly TextProblem[]): StatusIndicatorProps.Type {
  const gravest = (['error', 'warning', 'info'] as const).find((severity) => ofSeverity(problems, severity) > 0)
  return gravest ? STATUS[gravest] : 'success'
}

/** `1 error` or `2 warnings, 1 hint`; undefined where there is nothing to say. */
function summaryOf(problems: readonly TextProblem[]): string | undefined {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = ofSeverity(problems, severity)
    return count === 0 ? [] : [`${count} ${SEVERITY_WORDS[severity][count === 1 ? 0 : 1]}`]
  })
  return parts.length === 0 ? undefined : parts.join(', ')
}
