import Input from '@cloudscape-design/components/input'
import { MOST_ATTRIBUTES } from '@thingdeck/contract'
import { LineEditor } from '../form/line-editor.tsx'
import { type AttributeLine, brokenLine, newLine, tooMany } from './thing-attributes.ts'

interface AttributesFieldProps {
  readonly lines: readonly AttributeLine[]
  /** AWS takes more of them of a thing that has a type. */
  readonly hasType: boolean
  /** Whether to say what is only missing yet. */
  readonly saysAll: boolean
  readonly onChange: (lines: readonly AttributeLine[]) => void
}

/** Attributes of a thing, each in a line of its own; what AWS would refuse is said at its field. */
export function AttributesField({ lines, hasType, saysAll, onChange }: AttributesFieldProps) {
  const most = hasType ? MOST_ATTRIBUTES.withType : MOST_ATTRIBUTES.withoutType
  const change = (id: string, part: Partial<AttributeLine>) =>
    onChange(lines.map((line) => (line.id === id ? { ...line, ...part } : line)))
  const wrong = tooMany(lines.filter(({ name }) => name !== '').length, hasType)
  return (
    <LineEditor
      items={[...lines]}
      addButtonText="Add attribute"
      one="attribute"
      nameOf={({ name }) => name}
      empty="No attributes."
      isItemRemovable={() => true}
      disableAddButton={lines.length >= MOST_ATTRIBUTES.withType}
      additionalInfo={
        wrong ??
        `${lines.length} of ${most}${hasType ? '' : `, or ${MOST_ATTRIBUTES.withType} with a type`}. No blanks.`
      }
      onAddButtonClick={() => onChange([...lines, newLine()])}
      onRemoveButtonClick={({ detail }) => onChange(lines.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: 'Name',
          control: ({ id, name }: AttributeLine, index: number) => (
            <Input
              ariaLabel={`Name of attribute ${index + 1}`}
              value={name}
              spellcheck={false}
              autoComplete={false}
              onChange={({ detail }) => change(id, { name: detail.value })}
            />
          ),
          errorText: (line: AttributeLine) => errorOf(line, 'name'),
        },
        {
          label: 'Value',
          control: ({ id, value }: AttributeLine, index: number) => (
            <Input
              ariaLabel={`Value of attribute ${index + 1}`}
              value={value}
              spellcheck={false}
              autoComplete={false}
              onChange={({ detail }) => change(id, { value: detail.value })}
            />
          ),
          errorText: (line: AttributeLine) => errorOf(line, 'value'),
        },
      ]}
    />
  )

  /** A half that is not typed yet is reproached to nobody before all of it is sent. */
  function errorOf(line: AttributeLine, side: 'name' | 'value'): string | undefined {
    return line[side] === '' && !saysAll ? undefined : brokenLine(line, lines)[side]
  }
}
