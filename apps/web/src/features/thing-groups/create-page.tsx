import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { ATTRIBUTE_RULES } from '../../shared/attributes/attribute-rules.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { FieldRow, RadioField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { type Pair, PairsField, pairsRule, recordOf } from '../../shared/form/pairs-field.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { THING_GROUPS } from '../../shared/pickers/registry-keys.ts'
import { ThingGroupPicker } from '../../shared/pickers/thing-group-picker.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'
import { DESCRIPTION_LIMITS, NAME_LIMITS } from '../../shared/things/registry-limits.ts'
import { QueryTrial } from './components/query-trial.tsx'
import type { CreateThingGroupSearch } from './search.ts'
import { useTrial } from './use-trial.ts'

type Kind = 'static' | 'dynamic'

interface Values {
  readonly kind: Kind
  readonly thingGroupName: string
  readonly parent: string
  readonly queryString: string
  readonly description: string
  readonly attributes: readonly Pair[]
  readonly tags: readonly Pair[]
}

const KINDS = [
  {
    value: 'static',
    label: 'Static',
    description: 'Has the things that are added to it. It can stand below another group, and hands policies down.',
  },
  {
    value: 'dynamic',
    label: 'Dynamic',
    description: 'Has the things that a query of the fleet index finds. It stands below none, and has no policies.',
  },
] as const

interface CreateThingGroupPageProps extends SearchProps<CreateThingGroupSearch> {
  readonly TurnOnFleetIndex: Parts['TurnOnFleetIndex']
}

export function CreateThingGroupPage({ search: { parent, query }, TurnOnFleetIndex }: CreateThingGroupPageProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create thing group',
    breadcrumbs: [
      { text: 'Thing groups', href: paths.thingGroups() },
      { text: 'Create thing group', href: paths.createThingGroup() },
    ],
  })
  const initial: Values = {
    kind: query === undefined ? 'static' : 'dynamic',
    thingGroupName: '',
    parent: parent ?? '',
    queryString: query ?? '',
    description: '',
    attributes: [],
    tags: [],
  }
  const form = useForm<Values, { readonly thingGroupName: string }>({
    initial,
    limits: {
      thingGroupName: NAME_LIMITS,
      description: DESCRIPTION_LIMITS,
    },
    rules: {
      queryString: (text, { kind }) => (kind === 'dynamic' && text.trim() === '' ? 'This cannot be empty.' : undefined),
      attributes: pairsRule(ATTRIBUTE_RULES),
      tags: pairsRule(TAG_RULES),
    },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'thingGroupName', InvalidQueryException: 'queryString' },
    submit: (values) =>
      api(endpoints.createThingGroup, {
        body: {
          thingGroupName: values.thingGroupName,
          attributes: recordOf(values.attributes),
          tags: recordOf(values.tags),
          ...(values.description !== '' && { description: values.description }),
          ...(values.kind === 'static' && values.parent !== '' && { parent: values.parent }),
          ...(values.kind === 'dynamic' && { queryString: values.queryString }),
        },
      }),
    onDone: ({ thingGroupName }) => {
      void client.invalidateQueries({ queryKey: THING_GROUPS })
      history.push(paths.thingGroup(thingGroupName, { tab: 'things' }))
    },
  })
  const { kind, queryString } = form.values
  const trial = useTrial(queryString, kind === 'dynamic')
  const mayNot = useWhyNot('admin')
  return (
    <SpaceBetween size="m">
      <PageHeader>Create thing group</PageHeader>
      <Form
        form={form}
        action="Create thing group"
        failure="The thing group could not be created"
        unsaved="the new thing group"
        cancelHref={paths.thingGroups()}
        whyNot={mayNot ?? (kind === 'dynamic' ? trial.whyNot : undefined)}
      >
        <RadioField field={form.field('kind')} label="Kind" options={KINDS} />
        <TextField field={form.field('thingGroupName')} label="Name" />
        {kind === 'static' ? (
          <FieldRow
            field={form.field('parent')}
            label="Below"
            description="AWS never moves a group: to put it elsewhere later takes making it anew, which its page does."
            constraint="Up to seven levels, and up to 100 groups right below one."
          >
            <ThingGroupPicker
              value={form.values.parent}
              onChange={form.field('parent').set}
              none="No group: it is of the highest level"
            />
          </FieldRow>
        ) : (
          <SpaceBetween size="xs">
            <TextField
              field={form.field('queryString')}
              label="Query"
              description="In the query syntax of fleet indexing: thingTypeName:pump AND attributes.site:halls"
              rows={2}
            />
            <QueryTrial trial={trial} TurnOnFleetIndex={TurnOnFleetIndex} />
          </SpaceBetween>
        )}
        <TextField field={form.field('description')} label="Description" rows={2} />
        <PairsField field={form.field('attributes')} rules={ATTRIBUTE_RULES} label="Attributes" />
        <TagsField field={form.field('tags')} />
      </Form>
    </SpaceBetween>
  )
}
