import { useQuery } from '@tanstack/react-query'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { templateQuery } from '../api.ts'
import { TemplateFacts } from './template-facts.tsx'

/** A template without leaving the list. */
export function TemplateLook({ templateName }: { readonly templateName: string }) {
  const { data, error, refetch } = useQuery(templateQuery(templateName))
  if (error) return <ErrorAlert error={error} what="The template could not be read" onRetry={() => void refetch()} />
  return data ? <TemplateFacts template={data} /> : <Loading what="template" />
}
