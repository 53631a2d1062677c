import Button from '@cloudscape-design/components/button'
import { useQuery } from '@tanstack/react-query'
import { MOST_RULE_CASES } from '@thingdeck/contract'
import { useState } from 'react'
import { useWhyNot } from '../../../../shared/session/session.tsx'
import type { RehearsalAnswer, RehearsalDetail, RehearsedRule } from '../protocol.ts'
import { ruleCasesQuery } from './case-queries.ts'
import { SaveCaseDialog } from './save-case-dialog.tsx'

interface SaveCaseButtonProps {
  readonly ruleName: string
  readonly rule: RehearsedRule
  readonly detail: RehearsalDetail
  readonly answers: readonly RehearsalAnswer[]
}

export function SaveCaseButton({ ruleName, rule, detail, answers }: SaveCaseButtonProps) {
  const whyNotRole = useWhyNot('operator')
  const kept = useQuery(ruleCasesQuery(ruleName))
  const [isOpen, setIsOpen] = useState(false)
  const whyNot =
    whyNotRole ??
    (kept.data === undefined
      ? 'The test cases that there are have not been read.'
      : kept.data.cases.length >= MOST_RULE_CASES
        ? `A rule has ${MOST_RULE_CASES} test cases at most: remove one first.`
        : undefined)
  return (
    <>
      <Button disabled={whyNot !== undefined} disabledReason={whyNot ?? ''} onClick={() => setIsOpen(true)}>
        Save as a test case
      </Button>
      {isOpen && kept.data && (
        <SaveCaseDialog
          ruleName={ruleName}
          rule={rule}
          kept={kept.data}
          detail={detail}
          answers={answers}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
