import Input from '@cloudscape-design/components/input'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, onTestFinished, test } from 'vitest'
import { LineEditor } from './line-editor.tsx'

function Names() {
  const [names, setNames] = useState<readonly string[]>(['a'])
  return (
    <LineEditor
      items={names}
      addButtonText="Add name"
      one="name"
      nameOf={(name) => name}
      empty="None"
      definition={[
        {
          label: 'Name',
          control: (name: string, index: number) => (
            <Input
              ariaLabel={`Name ${index + 1}`}
              value={name}
              onChange={({ detail }) => setNames(names.with(index, detail.value))}
            />
          ),
        },
      ]}
      onAddButtonClick={() => setNames([...names, 'new'])}
      onRemoveButtonClick={({ detail }) => setNames(names.toSpliced(detail.itemIndex, 1))}
    />
  )
}

test('the keyboard is in the line that was added, and where one was removed at what is left', () => {
  onTestFinished(cleanup)
  render(<Names />)
  const press = (name: string) => {
    const button = screen.getByRole('button', { name })
    button.focus()
    fireEvent.click(button)
  }
  const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent
  press('Add name')
  expect(focused()).toBe('Name 2')
  press('Remove name new')
  expect(focused()).toBe('Remove name a')
  press('Add name')
  press('Remove name a')
  expect(focused()).toBe('Remove name new')
  press('Remove name new')
  expect(focused()).toBe('Add name')
  press('Add name')
  fireEvent.change(screen.getByRole('textbox', { name: 'Name 1' }), { target: { value: '' } })
  press('Remove name 1')
})
