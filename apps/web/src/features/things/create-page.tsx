import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Grid from '@cloudscape-design/components/grid'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { MOST_GROUPS_OF_A_THING, type ThingDetails } from '@thingdeck/contract'
import { useState } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { FieldRow, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { BillingGroupPicker } from '../../shared/pickers/billing-group-picker.tsx'
import { THINGS } from '../../shared/pickers/registry-keys.ts'
import { ThingGroupsPicker } from '../../shared/pickers/thing-group-picker.tsx'
import { ThingPicker } from '../../shared/pickers/thing-picker.tsx'
import { ThingTypePicker } from '../../shared/pickers/thing-type-picker.tsx'
import { usePlans } from '../../shared/plan/plans.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { AttributesField } from '../../shared/things/attributes-field.tsx'
import { isThingName } from '../../shared/things/is-thing-name.ts'
import { thingCreationPlan } from '../../shared/things/new-thing.ts'
import { NAME_LIMITS } from '../../shared/things/registry-limits.ts'
import { attributesOf, brokenAttributes, linesOf } from '../../shared/things/thing-attributes.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { useDebounced } from '../../shared/use-debounced.ts'
import { nameTakenQuery, thingDetailsQuery } from './api.ts'
import type { CreateThingSearch } from './search.ts'

/** A new thing, from nothing or like another one. */
export function CreateThingPage({ search }: SearchProps<CreateThingSearch>) {
  const { like } = search
  const model = useQuery({ ...thingDetailsQuery(like ?? ''), enabled: like !== undefined })
  usePageChrome({
    title: 'Create thing',
    breadcrumbs: [
      { text: 'Things', href: paths.things() },
      { text: 'Create thing', href: paths.createThing() },
    ],
  })
  return (
    <SpaceBetween size="m">
      <PageHeader {...(like !== undefined && { description: `Begun with what ${like} has.` })}>Create thing</PageHeader>
      {model.error && (
        <ErrorAlert
          error={model.error}
          what={`The thing ${like ?? ''} could not be read: the new one begins empty`}
          onRetry={() => void model.refetch()}
        />
      )}
      {like !== undefined && model.isPending ? (
        <Loading what="thing" />
      ) : (
        <NewThingForm search={search} model={model.data} />
      )}
    </SpaceBetween>
  )
}

/** What a new thing begins with: what another one has, but for its name and who may act as it. */
function begunLike(model: ThingDetails | undefined) {
  const { thingTypeName = '', attributes = {}, billingGroupName = '' } = model?.thing ?? {}
  const groupNames: readonly string[] = model?.groups.value ?? []
  return { thingTypeName, attributes: linesOf(attributes), groupNames, billingGroupName }
}

interface NewThingFormProps {
  readonly search: CreateThingSearch
  readonly model: ThingDetails | undefined
}

function NewThingForm({ search: { type, group }, model }: NewThingFormProps) {
  const client = useQueryClient()
  const { start } = usePlans()
  const { history } = useRouter()
  const form = useForm({
    initial: {
      thingName: '',
      ...begunLike(model),
      ...(type !== undefined && { thingTypeName: type }),
      ...(group !== undefined && { groupNames: [...new Set([group, ...begunLike(model).groupNames])] }),
    },
    limits: { thingName: NAME_LIMITS },
    atOnce: {
      thingName: (name) =>
        client.getQueryData(nameTakenQuery(name).queryKey) ? 'There is a thing of this name already.' : undefined,
    },
    rules: {
      attributes: (lines, { thingTypeName }) => brokenAttributes(lines, thingTypeName !== ''),
      groupNames: (names) =>
        names.length > MOST_GROUPS_OF_A_THING
          ? `A thing is in ${MOST_GROUPS_OF_A_THING} groups at most; these are ${names.length}.`
          : undefined,
    },
    submit: async ({ thingName, thingTypeName, attributes, groupNames, billingGroupName }) => {
      start(
        thingCreationPlan(
          {
            thingName,
            groupNames,
            attributes: attributesOf(attributes),
            ...(thingTypeName !== '' && { thingTypeName }),
            ...(billingGroupName !== '' && { billingGroupName }),
          },
          {
            onChange: () => void client.invalidateQueries({ queryKey: THINGS }),
            onDone: () => history.push(paths.thing(thingName)),
          },
        ),
      )
    },
  })
  const { thingName, thingTypeName, attributes, groupNames, billingGroupName } = form.values
  const [like, setLike] = useState('')
  const takeOver = useMutation({
    mutationFn: () => client.fetchQuery(thingDetailsQuery(like)),
    onSuccess: (details) => form.change(begunLike(details)),
  })
  const asked = useDebounced(thingName, 300)
  const canBeAsked = asked === thingName && isThingName(asked)
  useQuery({ ...nameTakenQuery(asked), enabled: canBeAsked }) // the name's rule looks at what is known of it
  return (
    <Form
      form={form}
      action="Create thing"
      failure="The thing could not be created"
      unsaved="the new thing"
      cancelHref={paths.things()}
      whyNot={useWhyNot('admin')}
    >
      <TextField
        field={form.field('thingName')}
        label="Name"
        description="It cannot be changed later. A device that connects with it as its client id has the thing’s values in policy variables."
      />
      <FormField
        label="Like another thing, optional"
        description="Takes over its type, attributes, groups and billing group, in place of what stands below."
        errorText={takeOver.error?.message}
        stretch
      >
        <Grid gridDefinition={[{ colspan: { default: 8, s: 10 } }, { colspan: { default: 4, s: 2 } }]}>
          <ThingPicker label="Like another thing, optional" value={like} onChange={setLike} />
          <Button
            formAction="none"
            loading={takeOver.isPending}
            disabled={!isThingName(like)}
            onClick={() => takeOver.mutate()}
          >
            Take over
          </Button>
        </Grid>
      </FormField>
      <FieldRow
        field={form.field('thingTypeName')}
        label="Type, optional"
        description="With a type it can have 50 attributes, without one 3."
      >
        <ThingTypePicker
          label="Type, optional"
          none="No type"
          value={thingTypeName}
          onChange={form.field('thingTypeName').set}
        />
      </FieldRow>
      <FieldRow field={form.field('attributes')} label="Attributes, optional">
        <AttributesField
          lines={attributes}
          hasType={thingTypeName !== ''}
          saysAll={form.field('attributes').error !== undefined}
          onChange={(lines) => form.change({ attributes: [...lines] })}
        />
      </FieldRow>
      <FieldRow
        field={form.field('groupNames')}
        label="Groups, optional"
        description={`Policies of a group hold for its things. A thing is in ${MOST_GROUPS_OF_A_THING} at most.`}
      >
        <ThingGroupsPicker
          label="Groups, optional"
          value={groupNames}
          onChange={(names) => form.change({ groupNames: names })}
        />
      </FieldRow>
      <FieldRow
        field={form.field('billingGroupName')}
        label="Billing group, optional"
        description="Things have no tags in AWS IoT: costs are told apart by billing groups."
      >
        <BillingGroupPicker
          label="Billing group, optional"
          none="No billing group"
          value={billingGroupName}
          onChange={form.field('billingGroupName').set}
        />
      </FieldRow>
    </Form>
  )
}
