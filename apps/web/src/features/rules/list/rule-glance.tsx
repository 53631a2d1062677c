import { useQuery } from '@tanstack/react-query'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { ruleQuery } from '../api.ts'
import { RuleFacts } from '../detail/rule-facts.tsx'

/** A rule without leaving the list. */
export function RuleGlance({ ruleName }: { readonly ruleName: string }) {
  const { data, error, refetch } = useQuery(ruleQuery(ruleName))
  if (error) return <ErrorAlert error={error} what="The rule could not be read" onRetry={() => void refetch()} />
  return data ? <RuleFacts rule={data} /> : <Loading what="rule" />
}
