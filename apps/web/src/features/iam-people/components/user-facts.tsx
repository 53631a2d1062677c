import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { IamUserDetail } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { iamUserQuery } from '../api.ts'

/** Who a user is, and in which groups. */
export function UserFacts({ user }: { readonly user: IamUserDetail }) {
  const { arn, userId, createdAt, groupNames, tags } = user
  return (
    <Facts
      facts={[
        { label: 'ARN', copy: arn },
        { label: 'User id', copy: userId },
        groupNames === undefined
          ? { label: 'Groups', value: 'Not read: the console’s role needs iam:ListGroupsForUser' }
          : {
              label: 'Groups',
              list: groupNames.map((groupName) => (
                <Link key={groupName} href={paths.iamGroup(groupName)}>
                  <NameText text={groupName} />
                </Link>
              )),
            },
        createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
        ...Object.entries(tags).map(([key, value]) => ({ label: `Tag ${key}`, value: visible(value) })),
      ]}
    />
  )
}

/** The same without leaving the list. */
export function UserLook({ userName }: { readonly userName: string }) {
  const { data, error, refetch } = useQuery(iamUserQuery(userName))
  if (error) return <ErrorAlert error={error} what="The user could not be read" onRetry={() => void refetch()} />
  return data ? <UserFacts user={data} /> : <Loading what="user" />
}
