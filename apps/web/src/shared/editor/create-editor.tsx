import { type ComponentType, lazy, Suspense } from 'react'
import { Loading } from '../ui/loading.tsx'
import { editorHeight } from './editor-height.ts'
import { type EditorLanguage, JSON_LANGUAGE } from './language.ts'
import type { TextEditorProps } from './text-editor.tsx'

interface LazyEditor {
  /** The editor; it says that it is loading until its code is there. */
  readonly Editor: ComponentType<TextEditorProps>
  /** May be called early: the code then comes while the page reads what is to be edited. */
  readonly preload: () => void
}

/**
 * An editor for one language, for use at the top of a module: `const { Editor } = createEditor(SQL)`. It marks what
 * `check` finds, is left with Escape and Tab (and says so), and takes texts from outside without moving the cursor.
 */
export function createEditor(language: EditorLanguage): LazyEditor {
  const load = async () => {
    const [{ TextEditor }, extension] = await Promise.all([import('./text-editor.tsx'), language.load()])
    return { default: (props: TextEditorProps) => <TextEditor {...props} language={extension} /> }
  }
  const Loaded = lazy(load)
  return {
    Editor: (props) => (
      <Suspense
        fallback={
          <div style={{ minHeight: editorHeight(props.text) }}>
            <Loading what="editor" />
          </div>
        }
      >
        <Loaded {...props} />
      </Suspense>
    ),
    preload: () => void load().catch(() => {}), // whoever shows it hears of it
  }
}

export const { Editor: JsonEditor, preload: preloadJsonEditor } = createEditor(JSON_LANGUAGE)
