import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { MOST_PROPAGATING_ATTRIBUTES } from '@thingdeck/contract'
import { FieldRow } from '../../../shared/form/fields.tsx'
import { LineEditor } from '../../../shared/form/line-editor.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { lineProblem, NEW_LINE, type PropagatingLine, SOURCES } from '../propagating.ts'

/** Which user properties messages get, and what each says. */
export function PropagatingField({ field }: { readonly field: Field<readonly PropagatingLine[]> }) {
  const lines = field.value
  const change = (index: number, changed: Partial<PropagatingLine>) =>
    field.set(lines.map((line, at) => (at === index ? { ...line, ...changed } : line)))
  const problem = (line: PropagatingLine, part: 'key' | 'attribute') =>
    field.error === undefined ? undefined : lineProblem(line)[part]
  return (
    <FieldRow
      field={field}
      label="Propagated attributes"
      description="User properties that AWS adds to the messages of things of this type, so that rules and subscribers over MQTT 5 know them."
    >
      <LineEditor
        items={lines}
        addButtonText="Add user property"
        one="user property"
        nameOf={({ key }) => key}
        empty="Messages get none."
        disableAddButton={lines.length >= MOST_PROPAGATING_ATTRIBUTES}
        definition={[
          {
            label: 'User property',
            control: ({ key }, index) => (
              <Input
                value={key}
                ariaLabel={`User property ${index + 1}`}
                spellcheck={false}
                onChange={({ detail }) => change(index, { key: detail.value })}
              />
            ),
            errorText: (line) => problem(line, 'key'),
          },
          {
            label: 'Its value',
            control: ({ source }, index) => (
              <Select
                ariaLabel={`Value of user property ${index + 1}`}
                options={SOURCES}
                selectedOption={SOURCES.find(({ value }) => value === source) ?? null}
                onChange={({ detail }) => {
                  const chosen = SOURCES.find(({ value }) => value === detail.selectedOption.value)
                  if (chosen) change(index, { source: chosen.value })
                }}
              />
            ),
          },
          {
            label: 'Attribute',
            control: ({ attribute, source }, index) => (
              <Input
                value={source === 'attribute' ? attribute : ''}
                disabled={source !== 'attribute'}
                ariaLabel={`Attribute of user property ${index + 1}`}
                spellcheck={false}
                onChange={({ detail }) => change(index, { attribute: detail.value })}
              />
            ),
            errorText: (line) => problem(line, 'attribute'),
          },
        ]}
        onAddButtonClick={() => field.set([...lines, NEW_LINE])}
        onRemoveButtonClick={({ detail }) => field.set(lines.toSpliced(detail.itemIndex, 1))}
      />
    </FieldRow>
  )
}
