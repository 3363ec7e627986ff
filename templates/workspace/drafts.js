// What was typed and not sent, kept over a reload in this tab alone: by person, place and thread, and by modal.
const store = (name, value) => {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    /* a browser that keeps nothing: the text stays in the box */
  }
};
const fetchFrom = (name) => {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
};

export const drafts = {
  read: (key) => fetchFrom(`draft:${key}`) || "",
  write: (key, text) => store(`draft:${key}`, text),
};

export const modalDrafts = {
  read: (me) => {
    try {
      return JSON.parse(fetchFrom(`modal:${me}`)) || {};
    } catch {
      return {};
    }
  },
  write: (me, typed) => store(`modal:${me}`, Object.keys(typed).length ? JSON.stringify(typed) : ""),
};
