export { EDITOR_THEME as BASE_THEME } from '../editor/editor-theme.ts'
export { openEditor } from '../editor/open-editor.ts'
