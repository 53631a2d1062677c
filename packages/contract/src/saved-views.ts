import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'

/** What a view of live messages shows, as the address of the Live page has it (`s`, `q`, `view`, `pin`). */
export const LiveViewContent = Type.Object({
  s: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
    maxItems: 50,
    description: 'Subscriptions, e.g. `1:dt/#`: QoS, `m` where it is muted, `:`, topic filter',
  }),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 2_048, description: 'The filter field' })),
  view: Type.Optional(Type.Union([Type.Literal('list'), Type.Literal('tree'), Type.Literal('charts')])),
  pin: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 2_048 }), { maxItems: 50 })),
})
export type LiveViewContent = Static<typeof LiveViewContent>

const Word = Type.String({ minLength: 1, maxLength: 128 })

/** As whom the simulator asks, where it is nobody with a certificate. */
export const SIGN_IN_KINDS = ['iam', 'federated', 'cognito', 'guest', 'authorizer'] as const
export type SignInKind = (typeof SIGN_IN_KINDS)[number]

/** What the simulator checks, as its address has it. Drafts of policies are a browser tab's own, and not in it. */
export const SimulatorChecks = Type.Object({
  check: Type.Array(Type.String({ minLength: 1, maxLength: 400 }), {
    minItems: 1,
    maxItems: 100,
    description: 'An action and what it is about, e.g. `iot:Publish dt/pump-8/telemetry`',
  }),
  thing: Type.Optional(Word),
  certificate: Type.Optional(Word),
  identity: Type.Optional(Word),
  client: Type.Optional(Word),
  as: Type.Optional(oneOf(SIGN_IN_KINDS)),
  iam: Type.Optional(
    Type.String({ minLength: 1, maxLength: 160, description: '`role/NAME`, `user/NAME`, `group/NAME`' }),
  ),
  over: Type.Optional(Type.Union([Type.Literal('mqtt'), Type.Literal('https')])),
  ip: Type.Optional(Word),
  persistent: Type.Optional(Type.Literal('1')),
  will: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  willRetain: Type.Optional(Type.Literal('1')),
  set: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 2_048 }), { maxItems: 50 })),
})
export type SimulatorChecks = Static<typeof SimulatorChecks>

/** The lists of which views are kept. */
export const VIEWED_LISTS = ['things', 'certificates', 'clients'] as const
export type ViewedList = (typeof VIEWED_LISTS)[number]

const Parameter = Type.String({ maxLength: 8_192 })

/** A list as its address has it: filter, query, columns, sorting. What is selected and which page are not in it. */
export const ListViewContent = Type.Object({
  list: oneOf(VIEWED_LISTS),
  search: Type.Record(
    Type.String({ minLength: 1, maxLength: 32 }),
    Type.Union([Parameter, Type.Array(Parameter, { maxItems: 100 })]),
    { maxProperties: 32, description: 'The parameters of the address by their names' },
  ),
})
export type ListViewContent = Static<typeof ListViewContent>

/** Of which page a view is, its content tells. */
const ViewContent = Type.Union([LiveViewContent, SimulatorChecks, ListViewContent])
export type ViewContent = Static<typeof ViewContent>

const ViewName = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^\\S(.*\\S)?$',
  description: 'Without blanks around it',
})

/** A view that somebody shares with everyone on this account and region. */
export const SharedView = Type.Object({
  viewId: Type.String(),
  name: Type.String(),
  owner: Type.Object({ id: Type.String(), name: Type.String() }),
  changedAt: Type.String({ format: 'date-time' }),
  content: ViewContent,
})
export type SharedView = Static<typeof SharedView>

export const SharedViewList = Type.Object({
  views: Type.Array(SharedView, { description: 'By name' }),
  most: Type.Integer({ description: 'So many can be shared at once' }),
})
export type SharedViewList = Static<typeof SharedViewList>

const params = Type.Object({ viewId: Type.String({ minLength: 1, maxLength: 64 }) })
const body = Type.Object({ name: ViewName, content: ViewContent })

/**
 * Everyone sees them; operators share their own, and change or take back what they shared; admins also what others did.
 *
 *     const { views } = await api(endpoints.listSharedViews, { signal })
 *     const view = await api(endpoints.shareView, { body: { name: 'Pumps', content: { s: ['1:dt/pump/#'], q: 'error' } } })
 *     await api(endpoints.changeSharedView, { params: { viewId: view.viewId }, body: { name: 'All pumps', content } })
 *     await api(endpoints.deleteSharedView, { params: { viewId: view.viewId } })
 */
export const savedViewEndpoints = defineEndpoints({
  listSharedViews: {
    method: 'GET',
    path: '/api/shared-views',
    summary: 'The views of live messages and of lists, and the checks of the simulator, that people share',
    access: 'viewer',
    answer: json(SharedViewList),
  },
  shareView: {
    method: 'POST',
    path: '/api/shared-views',
    summary:
      'Shares a view; NAME_TAKEN where the person shares one of this name, TOO_MANY_VIEWS where there are too many',
    access: 'operator',
    audit: 'ShareView',
    body,
    answer: json(SharedView),
  },
  changeSharedView: {
    method: 'PUT',
    path: '/api/shared-views/:viewId',
    summary: 'Another name or content; of what others share, for admins',
    access: 'operator',
    audit: 'ChangeSharedView',
    params,
    body,
    answer: json(SharedView),
  },
  deleteSharedView: {
    method: 'DELETE',
    path: '/api/shared-views/:viewId',
    summary: 'Shares it no longer; of what others share, for admins',
    access: 'operator',
    audit: 'DeleteSharedView',
    params,
    answer: EMPTY,
  },
})
