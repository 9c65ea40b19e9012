// The keys of the on-screen keyboard, row by row, and the words on those that write nothing.

export type LayoutName = 'letters' | 'capitals' | 'signs' | 'digits';

export const layouts: Readonly<Record<LayoutName, string[]>> = {
  letters: ['1 2 3 4 5 6 7 8 9 0', 'q w e r t y u i o p', 'a s d f g h j k l -', '{shift} z x c v b n m . {back}', '{signs} {space} {left} {right} {done}'],
  capitals: ['1 2 3 4 5 6 7 8 9 0', 'Q W E R T Y U I O P', 'A S D F G H J K L _', '{shift} Z X C V B N M . {back}', '{signs} {space} {left} {right} {done}'],
  signs: ['! ? @ # $ % & * ( )', '+ = / \\ : ; , _ ~ ^', '\' " < > | ` € £ § °', '{letters} ä ö ü ß é è ñ . {back}', '{letters} {space} {left} {right} {done}'],
  digits: ['1 2 3', '4 5 6', '7 8 9', '{back} 0 {done}'],
};

export const keyWords: Readonly<Record<string, string>> = {
  '{shift}': 'Shift',
  '{back}': 'Delete',
  '{signs}': '&?!',
  '{letters}': 'abc',
  '{space}': 'Space',
  '{left}': '←',
  '{right}': '→',
  '{done}': 'Done',
};

export const texts = {
  label: 'On-screen keyboard',
  hidden: (length: number) => (length === 0 ? '' : '•'.repeat(length)),
} as const;
