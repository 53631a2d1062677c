import Button from '@cloudscape-design/components/button'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { applyTextEdits } from '@thingdeck/json'
import type { PolicyFinding, PolicyFindingSeverity } from '@thingdeck/policies'
import { useRef } from 'react'
import { capitalised } from '../format.ts'
import './policy-editor.css'

interface FindingListProps {
  readonly findings: readonly PolicyFinding[]
  /** What they are about. */
  readonly text: string
  /** Leads to the place in the editor. */
  readonly onReveal: (finding: PolicyFinding) => void
  /** Takes the text with a fix. Undefined: nothing may be changed now. */
  readonly onChange: ((text: string) => void) | undefined
}

const STATUS: Readonly<Record<PolicyFindingSeverity, StatusIndicatorProps.Type>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
}
const SEVERITY_WORDS: Readonly<Record<PolicyFindingSeverity, readonly [one: string, several: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['hint', 'hints'],
}

/**
 * All that was found, for the keyboard and for screen readers too: what is marked in the text is said here in words.
 */
export function FindingList({ findings, text, onReveal, onChange }: FindingListProps) {
  const list = useRef<HTMLElement>(null)
  if (text.trim() === '') return null
  return (
    <section ref={list} tabIndex={-1} aria-label="What was found in the policy" className="td-findings">
      <div role="status">
        <StatusIndicator type={statusOf(findings)}>{summaryOf(findings)}</StatusIndicator>
      </div>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.from} ${finding.to}`}>
            <StatusIndicator
              type={STATUS[finding.severity]}
              iconAriaLabel={capitalised(SEVERITY_WORDS[finding.severity][0])}
            />
            <div>
              <Button
                variant="inline-link"
                formAction="none"
                onClick={() => onReveal(finding)}
                ariaLabel={`Go to line ${finding.line}, column ${finding.column}`}
              >
                Line {finding.line}
              </Button>{' '}
              {finding.words}
              {onChange && finding.fixes.length > 0 && (
                <div className="td-finding-fixes">
                  {finding.fixes.map(({ words, edits }) => (
                    <Button
                      key={words}
                      variant="inline-link"
                      formAction="none"
                      onClick={() => {
                        onChange(applyTextEdits(text, edits))
                        list.current?.focus() // the button goes with what it mends
                      }}
                    >
                      {words}
                    </Button>
                  ))}
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const ofSeverity = (findings: readonly PolicyFinding[], severity: PolicyFindingSeverity): number =>
  findings.filter((finding) => finding.severity === severity).length

function statusOf(findings: readonly PolicyFinding[]): StatusIndicatorProps.Type {
  const gravest = (['error', 'warning', 'info'] as const).find((severity) => ofSeverity(findings, severity) > 0)
  return gravest ? STATUS[gravest] : 'success'
}

/** `1 error` or `2 warnings, 1 hint`. */
function summaryOf(findings: readonly PolicyFinding[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = ofSeverity(findings, severity)
    return count === 0 ? [] : [`${count} ${SEVERITY_WORDS[severity][count === 1 ? 0 : 1]}`]
  })
  return parts.length === 0 ? 'AWS takes this document, and nothing in it looks wrong' : parts.join(', ')
}
