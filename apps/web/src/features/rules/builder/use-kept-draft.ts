import type { RulePayload } from '@thingdeck/contract'
import { useEffect } from 'react'
import { recordOf } from '../../../shared/form/pairs-field.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { keepRuleDraft } from '../rule-draft.ts'
import { payloadOf, type RuleValues } from './rule-values.ts'

/** Keeps what is written, as long as it is not saved. @param base what it was made from */
export function useKeptDraft(subject: string, form: Form<RuleValues>, base?: RulePayload): void {
  const { values } = form
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked with each change of the values
  useEffect(() => {
    if (!form.isUnsaved()) return
    keepRuleDraft(subject, {
      ruleName: values.ruleName,
      payload: payloadOf(values),
      tags: recordOf(values.tags),
      ...(base && { base }),
    })
  }, [subject, values, base])
}
