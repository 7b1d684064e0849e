// Editing the code that is shown, in its card's place. What the server would not save comes back into the
// fields with the reason, also after a reload; it waits there until it is saved or left.

import { CodeEditor } from './code_editor.js';
import { fill } from './dom.js';

export class CodeEditing {
  editor = null;

  // panel: the Codebook beside the answers
  constructor(desk, panel) {
    Object.assign(this, { desk, panel });
  }

  // The keys stay where the person is by now; another code that is being edited is not disturbed.
  takeBack({ op, id, changes }, reason) {
    if (op !== 'edit_code' || Object.keys(changes).join() === 'shortcut') return;
    const { desk, panel } = this;
    desk.memory.codes[id] = { changes, reason };
    desk.memory.keep();
    panel.forgetCode(id);
    if (this.editor) return;
    panel.showCode(id, { focus: false });
    this.edit({ focus: false });
  }

  // Needs all of the code: what the list holds of its texts may be cut.
  async edit({ focus = true } = {}) {
    const { desk, panel } = this;
    const code = panel.shown;
    if (!code || this.editor) return;
    const full = await panel.ask(code.id);
    if (!full || this.editor) {
      desk.say(desk.texts.cannot_edit_now);
      return;
    }
    this.editor = new CodeEditor({
      texts: desk.texts,
      code: { ...full.code, colour: code.colour },
      palette: desk.options.palette,
      refused: desk.memory.codes[code.id],
      on: {
        save: (changes, seen) => {
          this.#end(code.id);
          desk.act({ op: 'edit_code', id: code.id, changes, seen },
            fill(desk.texts.code_saved, { code: changes.label ?? code.label }));
          panel.learnCode(code.id, changes);
          panel.showCode(code.id, { focus: false });
        },
        cancel: () => this.#end(code.id),
      },
    });
    panel.cover(this.editor.element);
    if (!focus) return;
    desk.selecting.hold();
    this.editor.focus();
  }

  #end(id) {
    const { desk, panel } = this;
    delete desk.memory.codes[id];
    desk.memory.keep();
    const here = this.editor.element.contains(document.activeElement);
    this.editor = null;
    desk.selecting.giveBack();
    panel.cover(null);
    panel.showCode(id, { focus: here });
  }
}
