import AttributeEditor, { type AttributeEditorProps } from '@cloudscape-design/components/attribute-editor'
import { useEffect, useRef } from 'react'

type LineEditorProps<Line> = Omit<AttributeEditorProps<Line>, 'removeButtonText' | 'removeButtonAriaLabel'> &
  Required<Pick<AttributeEditorProps<Line>, 'items'>> & {
    /** What a line is, 'tag': told with its name by what removes it. */
    readonly one: string
    /** Left out or empty: the line is told by its number. */
    readonly nameOf?: (line: Line) => string
  }

const FIELDS = 'input, textarea, button'

/**
 * Cloudscape's attribute editor, with the keyboard where it goes on: in the line that was added, and where the last one was
 * removed at the one before, or at what adds one. Cloudscape leaves it at what adds, below the line, or on nothing.
 */
export function LineEditor<Line>(props: LineEditorProps<Line>) {
  const { items, one, nameOf, onAddButtonClick, onRemoveButtonClick, ...rest } = props
  const around = useRef<HTMLDivElement>(null)
  const editor = useRef<AttributeEditorProps.Ref>(null)
  const asked = useRef<'add' | 'remove'>(undefined)
  const count = useRef(items.length)
  useEffect(() => {
    const before = count.current
    count.current = items.length
    if (before === items.length || asked.current === undefined) return
    const what = asked.current
    asked.current = undefined
    if (what === 'add') {
      const lines = around.current?.querySelectorAll(':scope > * > [role="group"]')
      lines
        ?.item(lines.length - 1)
        ?.querySelector<HTMLElement>(FIELDS)
        ?.focus()
    } else if (items.length === 0) editor.current?.focusAddButton()
    else if (!around.current?.contains(document.activeElement)) editor.current?.focusRemoveButton(items.length - 1)
  }, [items])
  return (
    <div ref={around}>
      <AttributeEditor
        {...rest}
        ref={editor}
        items={items}
        removeButtonText="Remove"
        removeButtonAriaLabel={(line) => `Remove ${one} ${nameOf?.(line) || items.indexOf(line) + 1}`}
        onAddButtonClick={(event) => {
          asked.current = 'add'
          onAddButtonClick?.(event)
        }}
        onRemoveButtonClick={(event) => {
          asked.current = 'remove'
          onRemoveButtonClick?.(event)
        }}
      />
    </div>
  )
}
