import { json } from '@codemirror/lang-json'
import { treeColours } from './tree-colours.ts'

/** The grammar of JSON with its colours. What is wrong with a text our own parser says, see `jsonProblems`. */
export const jsonExtension = [
  json(),
  treeColours({
    PropertyName: 'cm-key',
    String: 'cm-string',
    Number: 'cm-number',
    True: 'cm-word',
    False: 'cm-word',
    Null: 'cm-word',
  }),
]
