import './palette.css'
import LiveRegion from '@cloudscape-design/components/live-region'
import { useRouter } from '@tanstack/react-router'
import {
  type KeyboardEvent,
  type MouseEvent,
  type SyntheticEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { type Command, groupsOf } from '../../shared/feature/command.ts'
import { focusContent } from '../../shared/focus-lost.ts'
import { keyCaps, type Registered } from '../../shared/shortcuts/shortcuts.tsx'
import { useCommands } from './use-commands.ts'
import { usePaletteLabel } from './use-palette-label.ts'

interface PaletteProps {
  readonly shortcuts: readonly Registered[]
  readonly onSignOut: () => void
  readonly onClose: () => void
}

/**
 * Goes and does by name. A combobox whose list is always open (WAI-ARIA Authoring Practices, "Combobox"): the keyboard
 * stays in the field, and the field says which option is the active one.
 */
export function Palette({ shortcuts, onSignOut, onClose }: PaletteProps) {
  const { history } = useRouter()
  const id = useId()
  const label = usePaletteLabel()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  // By id: results that arrive later must not move the choice to another.
  const [active, setActive] = useState<string>()
  const { commands, isSearching = false, note } = useCommands({ text, shortcuts, onSignOut })
  const groups = groupsOf(commands)
  const shown = groups.flatMap((group) => commands.filter((command) => command.group === group))
  const at = Math.max(
    0,
    shown.findIndex((command) => command.id === active),
  )
  const current = shown[at]
  const optionId = (command: Command) => `${id}-${shown.indexOf(command)}`

  // Modal while it is there: the rest of the page is inert. To give the focus back, it has to be closed before React
  // takes it out of the document.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  const activeId = current && optionId(current)
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const choose = (command: Command, inNewTab: boolean) => {
    if (command.href !== undefined && inNewTab) {
      window.open(command.href, '_blank', 'noopener')
      return
    }
    dialog.current?.close() // gives the focus back, before the command may take it
    onClose()
    if (command.href !== undefined) {
      history.push(command.href)
      focusContent() // wherever one was: it is the page that was looked for
    } else command.run?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const to = Math.abs(step) === 1 ? (at + step + shown.length) % shown.length : at + step
      setActive(shown[Math.max(0, Math.min(to, shown.length - 1))]?.id)
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing && current) {
      event.preventDefault()
      choose(current, event.ctrlKey || event.metaKey)
    }
  }
  const onCancel = (event: SyntheticEvent) => {
    event.preventDefault() // taken away by whoever opened it
    onClose()
  }
  const closeOnBackdrop = ({ target }: MouseEvent) => {
    if (target === dialog.current) onClose()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog; the backdrop is for the pointer only.
    <dialog
      ref={dialog}
      className="td-palette"
      aria-label="Search and commands"
      onCancel={onCancel}
      onClick={closeOnBackdrop}
    >
      <input
        autoFocus
        className="td-palette-field"
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-label={label}
        {...(activeId === undefined ? {} : { 'aria-activedescendant': activeId })}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setActive(undefined)
        }}
        onKeyDown={onKeyDown}
      />
      <div className="td-palette-list" role="listbox" id={`${id}-list`} aria-label="Results">
        {groups.map((group, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields, these are options
          <div key={group} role="group" aria-labelledby={`${id}-group-${index}`}>
            <div className="td-palette-group" id={`${id}-group-${index}`} role="presentation">
              {group}
            </div>
            {shown
              .filter((command) => command.group === group)
              .map((command) => (
                <Option
                  key={command.id}
                  command={command}
                  id={optionId(command)}
                  isActive={command === current}
                  onPoint={() => setActive(command.id)}
                  onChoose={(inNewTab) => choose(command, inNewTab)}
                />
              ))}
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p className="td-palette-empty">{isSearching ? 'Searching …' : `Nothing is named ‘${text.trim()}’.`}</p>
      )}
      <div className="td-palette-foot">
        <span>{note}</span>
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Esc</kbd> close
        </span>
      </div>
      <LiveRegion hidden>{isSearching ? '' : resultsInWords(shown.length)}</LiveRegion>
    </dialog>
  )
}

const resultsInWords = (count: number) => (count === 1 ? '1 result' : `${count} results`)

interface OptionProps {
  readonly command: Command
  readonly id: string
  readonly isActive: boolean
  readonly onPoint: () => void
  readonly onChoose: (inNewTab: boolean) => void
}

function Option({ command: { title, hint, keys }, id, isActive, onPoint, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points at it
    <div
      className="td-palette-option"
      role="option"
      id={id}
      aria-selected={isActive}
      onPointerMove={isActive ? undefined : onPoint}
      onClick={({ ctrlKey, metaKey }) => onChoose(ctrlKey || metaKey)}
    >
      <span className="td-palette-title">{title}</span>
      {hint !== undefined && <span className="td-weak">{hint}</span>}
      {keys !== undefined && (
        <span className="td-palette-keys" aria-hidden="true">
          {keyCaps(keys).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </div>
  )
}
