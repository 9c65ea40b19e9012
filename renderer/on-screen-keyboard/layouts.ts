// The keys of the on-screen keyboard, row by row, and the words on those that write nothing.
import { wordsOf } from '../language/language';

const words = wordsOf('keyboard');

export type LayoutName = 'letters' | 'capitals' | 'signs' | 'digits';

export const layouts: Readonly<Record<LayoutName, string[]>> = {
  letters: ['1 2 3 4 5 6 7 8 9 0', 'q w e r t y u i o p', 'a s d f g h j k l -', '{shift} z x c v b n m . {back}', '{signs} {space} {left} {right} {done}'],
  capitals: ['1 2 3 4 5 6 7 8 9 0', 'Q W E R T Y U I O P', 'A S D F G H J K L _', '{shift} Z X C V B N M . {back}', '{signs} {space} {left} {right} {done}'],
  signs: ['! ? @ # $ % & * ( )', '+ = / \\ : ; , _ ~ ^', '\' " < > | ` € £ § °', '{letters} ä ö ü ß é è ñ . {back}', '{letters} {space} {left} {right} {done}'],
  digits: ['1 2 3', '4 5 6', '7 8 9', '{back} 0 {done}'],
};

/** Of keys that write nothing, as they are called in the language of the window. */
export function keyWords(): Readonly<Record<string, string>> {
  return {
    '{shift}': words('shift'),
    '{back}': words('back'),
    '{signs}': '&?!',
    '{letters}': 'abc',
    '{space}': words('space'),
    '{left}': '←',
    '{right}': '→',
    '{done}': words('done'),
  };
}
