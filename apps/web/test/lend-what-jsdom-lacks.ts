/** As far as the console needs it: a modal dialog is open while it is there, and gives the focus back. */
export function lendWhatJsdomLacks(): void {
  let before: Element | null = null
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    before = document.activeElement
    this.open = true
    this.querySelector('input')?.focus()
  }
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    if (this.open && this.isConnected && before instanceof HTMLElement) before.focus()
    this.open = false
  }
  Element.prototype.scrollIntoView ??= () => {}
}
