import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints, type ProvisioningSurroundingsQuestion } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature. */
export const PROVISIONING = ['provisioning'] as const

/** While the policies of the account are looked through. */
const POLL_MS = 1_000

export const templatePagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...PROVISIONING, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listProvisioningTemplates, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const templateQuery = (templateName: string) =>
  queryOptions({
    queryKey: [...PROVISIONING, 'template', templateName],
    queryFn: ({ signal }) => api(endpoints.describeProvisioningTemplate, { params: { templateName }, signal }),
    staleTime: 10_000, // ms
  })

export const templateVersionQuery = (templateName: string, versionId: number) =>
  queryOptions({
    queryKey: [...PROVISIONING, 'version', templateName, versionId],
    queryFn: ({ signal }) =>
      api(endpoints.describeProvisioningTemplateVersion, {
        params: { templateName, versionId: String(versionId) },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY, // a version is never another one
  })

/** Asked for again until all policies were looked at. */
export const claimCertificatesQuery = (templateName: string) =>
  queryOptions({
    queryKey: [...PROVISIONING, 'claims', templateName],
    queryFn: ({ signal }) => api(endpoints.listClaimCertificates, { params: { templateName }, signal }),
    refetchInterval: ({ state }) => (state.data?.isOver === false ? POLL_MS : false),
  })

export const surroundingsQuery = (question: ProvisioningSurroundingsQuestion) =>
  queryOptions({
    queryKey: [...PROVISIONING, 'surroundings', JSON.stringify(question)],
    queryFn: ({ signal }) => api(endpoints.readProvisioningSurroundings, { body: question, signal }),
    staleTime: 10_000, // ms
    retry: false,
  })

export const hookCheckQuery = (functionArn: string, templateName: string | undefined) =>
  queryOptions({
    queryKey: [...PROVISIONING, 'hook', functionArn, templateName ?? ''],
    queryFn: ({ signal }) => api(endpoints.checkProvisioningHook, { query: { functionArn, templateName }, signal }),
    staleTime: 10_000, // ms
    retry: false,
  })

export const provisioningChanged = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: PROVISIONING })
