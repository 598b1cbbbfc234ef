"""The least a dashboard can be: an empty component that mounts a sandboxed frame.

`bench/first_place.py` measures ours beside it.
"""

import streamlit as st

SCRIPT = """export default function ({ parentElement }) {
    const place = parentElement.querySelector(".place");
    if (place.firstChild) return;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.style.cssText = "width: 100%; height: 100vh; border: 0";
    frame.srcdoc = "<!doctype html><p class='hello'>Hello</p>";
    place.append(frame);
}"""

st.set_page_config(layout="wide")
st.components.v2.component("empty", html='<div class="place"></div>', js=SCRIPT)(key="empty")
