// What ImGui's OpenGL backend is told when it asks for the GL state, which it does two dozen times a frame to put it
// back afterwards. In a browser each such question stops the page until the GPU process has answered: most of a frame's
// time. Nothing else draws in our context, so nothing needs putting back: the answers here are WebGL's defaults, valid
// wherever the backend hands them back. The build renames the backend's calls to these (.github/cmake/imgui.cmake).

#include <GLES3/gl3.h>

extern "C" {

void cw_known_gl_state(GLenum name, GLint* value);
GLboolean cw_known_gl_switch(GLenum name);

void cw_known_gl_state(GLenum name, GLint* value) {
    switch (name) {
        case GL_MAJOR_VERSION: *value = 3; break;       // WebGL 2 is OpenGL ES 3.0
        case GL_MAX_TEXTURE_SIZE: *value = 4096; break; // more than any atlas of ours, and there on every device
        case GL_ACTIVE_TEXTURE: *value = GL_TEXTURE0; break;
        case GL_BLEND_SRC_RGB:
        case GL_BLEND_SRC_ALPHA: *value = GL_ONE; break;
        case GL_BLEND_EQUATION_RGB:
        case GL_BLEND_EQUATION_ALPHA: *value = GL_FUNC_ADD; break;
        case GL_VIEWPORT:
        case GL_SCISSOR_BOX: value[0] = value[1] = value[2] = value[3] = 0; break;
        default: *value = 0; // nothing bound, GL_ZERO
    }
}

GLboolean cw_known_gl_switch(GLenum) { return GL_FALSE; }
}
