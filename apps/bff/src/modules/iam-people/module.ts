import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createIamPeople } from './iam-people.ts'

/** Users and groups of IAM, with the keys of users: who else than devices may speak with AWS IoT. */
export const iamPeople: Module = {
  name: 'iam-people',
  routes(app, { aws: { iam } }) {
    const people = createIamPeople(iam)
    route(app, endpoints.listIamUsers, async ({ query }) => people.users(query))
    route(app, endpoints.describeIamUser, async ({ params }) => people.user(params.userName))
    route(app, endpoints.listAccessKeys, async ({ params }) => people.accessKeys(params.userName))
    route(app, endpoints.listIamGroups, async ({ query }) => people.groups(query))
    route(app, endpoints.describeIamGroup, async ({ params }) => people.group(params.groupName))
  },
}
