import {
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  type Group,
  type IAMClient,
  ListGroupsCommand,
  ListUsersCommand,
  paginateGetGroup,
  paginateListAccessKeys,
  paginateListGroupsForUser,
  type User,
} from '@aws-sdk/client-iam'
import type {
  AccessKey,
  AccessKeyList,
  endpoints,
  IamGroup,
  IamGroupDetail,
  IamGroupPage,
  IamUser,
  IamUserDetail,
  IamUserPage,
  QueryOf,
} from '@thingdeck/contract'
import { collected } from '../../aws/pages.ts'
import { isoTime, present } from '../../aws/present.ts'
import { orUnread, unlessRefused } from '../../aws/why-unread.ts'

type Page = QueryOf<typeof endpoints.listIamUsers>

/** The users and groups of IAM. What the console's own role may not list is said; other errors are AWS's own. */
export interface IamPeople {
  users(page: Page): Promise<IamUserPage>
  user(userName: string): Promise<IamUserDetail>
  accessKeys(userName: string): Promise<AccessKeyList>
  groups(page: Page): Promise<IamGroupPage>
  group(groupName: string): Promise<IamGroupDetail>
}

export function createIamPeople(iam: IAMClient): IamPeople {
  return {
    users: (page) =>
      orUnread(
        async () => {
          const { Users = [], Marker } = await iam.send(new ListUsersCommand(pageInput(page)))
          return { outcome: 'read' as const, users: Users.map(formatUser), ...(Marker && { nextToken: Marker }) }
        },
        { users: [] },
      ),

    async user(userName) {
      const [{ User }, groupNames] = await Promise.all([
        iam.send(new GetUserCommand({ UserName: userName })),
        groupsOf(iam, userName),
      ])
      const tags = Object.fromEntries((User?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]))
      return { ...formatUser(User), tags, ...(groupNames && { groupNames }) }
    },

    accessKeys: (userName) =>
      orUnread(
        async () => {
          const keys = await collected(
            paginateListAccessKeys({ client: iam }, { UserName: userName }),
            ({ AccessKeyMetadata }) => AccessKeyMetadata,
          )
          return { outcome: 'read' as const, accessKeys: await Promise.all(keys.map((key) => accessKey(iam, key))) }
        },
        { accessKeys: [] },
      ),

    groups: (page) =>
      orUnread(
        async () => {
          const { Groups = [], Marker } = await iam.send(new ListGroupsCommand(pageInput(page)))
          return { outcome: 'read' as const, groups: Groups.map(formatGroup), ...(Marker && { nextToken: Marker }) }
        },
        { groups: [] },
      ),

    async group(groupName) {
      let group: Group | undefined
      const users: IamUser[] = []
      for await (const page of paginateGetGroup({ client: iam }, { GroupName: groupName })) {
        group ??= page.Group
        users.push(...(page.Users ?? []).map(formatUser))
      }
      return { ...formatGroup(group), users }
    },
  }
}

const pageInput = ({ nextToken, maxResults }: Page) => ({
  ...(nextToken !== undefined && nextToken !== '' && { Marker: nextToken }),
  ...(maxResults !== undefined && { MaxItems: maxResults }),
})

/** Undefined: the console may not read them. */
const groupsOf = (iam: IAMClient, UserName: string): Promise<string[] | undefined> =>
  unlessRefused(() =>
    collected(paginateListGroupsForUser({ client: iam }, { UserName }), ({ Groups = [] }) =>
      Groups.flatMap(({ GroupName }) => GroupName ?? []),
    ),
  )

async function accessKey(
  iam: IAMClient,
  { AccessKeyId = '', Status, CreateDate }: AccessKeyMetadata,
): Promise<AccessKey> {
  const lastUsed = await lastUseOf(iam, AccessKeyId)
  return present({ accessKeyId: AccessKeyId, status: Status ?? '', createdAt: isoTime(CreateDate), lastUsed })
}

/** Undefined: the console may not read it. */
async function lastUseOf(iam: IAMClient, AccessKeyId: string): Promise<AccessKey['lastUsed']> {
  return unlessRefused(async () => {
    const { AccessKeyLastUsed: used } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
    // Of a key that nobody used, IAM says N/A.
    const said = (text: string | undefined) => (text === 'N/A' ? undefined : text)
    return present({
      at: isoTime(used?.LastUsedDate),
      service: said(used?.ServiceName),
      region: said(used?.Region),
    })
  })
}

const formatUser = (user: Partial<User> = {}): IamUser =>
  present({
    userName: user.UserName ?? '',
    userId: user.UserId ?? '',
    arn: user.Arn ?? '',
    path: user.Path ?? '/',
    createdAt: isoTime(user.CreateDate),
  })

const formatGroup = (group: Partial<Group> = {}): IamGroup =>
  present({
    groupName: group.GroupName ?? '',
    groupId: group.GroupId ?? '',
    arn: group.Arn ?? '',
    path: group.Path ?? '/',
    createdAt: isoTime(group.CreateDate),
  })
