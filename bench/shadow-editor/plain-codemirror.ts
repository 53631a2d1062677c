// biome-ignore-all lint/correctness/noUndeclaredDependencies: the console's own copies, bundled for the page
/** In the browser: CodeMirror as its own examples set it up for JSON, with `benchText` in it and nothing behind it. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, defaultHighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'

new EditorView({
  doc: String(Reflect.get(globalThis, 'benchText')),
  parent: document.body,
  extensions: [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
    json(),
    linter(jsonParseLinter()),
    syntaxHighlighting(defaultHighlightStyle),
    EditorView.theme({ '.cm-scroller': { fontFamily: 'monospace', maxHeight: '420px', overflow: 'auto' } }),
  ],
})
