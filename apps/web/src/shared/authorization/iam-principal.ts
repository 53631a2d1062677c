import { queryOptions } from '@tanstack/react-query'
import { endpoints, type IamPrincipalKind } from '@thingdeck/contract'
import { api } from '../api.ts'
import { AUTHORIZATION } from './facts.ts'

/** Whose IAM policies are read. */
export interface IamReference {
  readonly kind: IamPrincipalKind
  readonly name: string
}

/** The IAM policies of a role, a user or a group. */
export const iamPrincipalQuery = ({ kind, name }: IamReference) =>
  queryOptions({
    queryKey: [...AUTHORIZATION, 'iam', kind, name],
    queryFn: ({ signal }) => api(endpoints.getIamPrincipal, { query: { kind, name }, signal }),
    staleTime: 10_000, // ms
    retry: false, // that there is none is an answer
  })
