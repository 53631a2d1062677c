import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ThingDetail } from '@thingdeck/contract'
import { FieldRow, TextField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { ThingGroupsPicker } from '../../../shared/pickers/thing-group-picker.tsx'
import { ThingTypePicker } from '../../../shared/pickers/thing-type-picker.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { AttributesField } from '../../../shared/things/attributes-field.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import type { NewDevice } from '../new-device.ts'
import type { ThereIsThing } from '../use-there.ts'

interface ThingFieldsProps {
  readonly form: Form<NewDevice>
  readonly thing: ThereIsThing
}

/** What the device is called, and what it is; of a thing that is there, what it is stands already. */
export function ThingFields({ form, thing: { state, error, thing } }: ThingFieldsProps) {
  const { thingTypeName, groupNames, attributes } = form.values
  const hasMore = thingTypeName !== '' || groupNames.length > 0 || attributes.length > 0
  return (
    <SpaceBetween size="m">
      <TextField
        field={form.field('thingName')}
        label="Name"
        description="Of a new thing, or of one that is there. The device connects with it as its client id."
      />
      {error && <ErrorAlert error={error} what="Whether there is a thing of this name could not be read" />}
      <div role="status">
        {state === 'free' && <StatusIndicator type="success">The name is free: a thing is made.</StatusIndicator>}
        {state === 'there' && thing && <There thing={thing} />}
      </div>
      {state !== 'there' && (
        <ExpandableSection headerText="Type, groups and attributes, optional" defaultExpanded={hasMore}>
          <SpaceBetween size="m">
            <FieldRow field={{ ...form.field('thingTypeName'), limits: undefined }} label="Type">
              <ThingTypePicker
                label="Type"
                none="No type"
                value={thingTypeName}
                onChange={(name) => form.change({ thingTypeName: name })}
              />
            </FieldRow>
            <FieldRow field={form.field('groupNames')} label="Groups" description="Their policies hold for it, too.">
              <ThingGroupsPicker
                label="Groups"
                value={groupNames}
                onChange={(names) => form.change({ groupNames: names })}
              />
            </FieldRow>
            <FieldRow field={form.field('attributes')} label="Attributes">
              <AttributesField
                lines={attributes}
                hasType={thingTypeName !== ''}
                saysAll={form.field('attributes').error !== undefined}
                onChange={(lines) => form.change({ attributes: lines })}
              />
            </FieldRow>
          </SpaceBetween>
        </ExpandableSection>
      )}
    </SpaceBetween>
  )
}

function There({ thing }: { readonly thing: ThingDetail }) {
  const { thingName, thingTypeName, thingGroupNames, principals } = thing
  const what = [
    thingTypeName === undefined ? 'without a type' : `of the type ${thingTypeName}`,
    thingGroupNames.length === 0 ? 'in no group' : `in ${thingGroupNames.join(', ')}`,
    principals.length === 0
      ? 'with no certificate yet'
      : principals.length === 1
        ? 'with a certificate already'
        : `with ${principals.length} certificates already`,
  ]
  return (
    <>
      <StatusIndicator type="info">
        The thing{' '}
        <Link href={paths.thing(thingName)}>
          <NameText text={thingName} />
        </Link>{' '}
        is there, {what.join(', ')}.
      </StatusIndicator>
      {principals.length > 0 && (
        <Box color="text-body-secondary">This gives it one more: the others go on being good.</Box>
      )}
    </>
  )
}
